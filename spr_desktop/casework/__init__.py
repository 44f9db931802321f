"""What a person does with the program: unlock, record, decide, make a pack. Terminal and window both call this."""
