"""Who may come in at the desk: accounts, roles, invitations, signing in, second factors, sessions."""
