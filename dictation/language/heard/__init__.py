"""What a recogniser may have misheard: which terms sound like it, and which of two hearings is the better one."""
