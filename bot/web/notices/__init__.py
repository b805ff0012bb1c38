"""What a Cité announces for some days, entered at the desk."""
