"""What the assistant does when it must look something up: one subject a file, thin over bot.knowledge."""
