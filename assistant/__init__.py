"""Question -> answer -> channel: cited answers from the clauses of a guideline."""
