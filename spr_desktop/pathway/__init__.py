"""Whether a case may be referred, and why: rules that read records and a pathway's definition, and nothing else."""
