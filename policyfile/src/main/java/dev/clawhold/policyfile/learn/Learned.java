package dev.clawhold.policyfile.learn;

/// What was learned.
///
/// @param text a policy file in ASCII, with comments
/// @param rules how many it has
/// @param learned how many observations its rules stand for
/// @param settled how many needed no rule: the base decides them, or they were allowed already
/// @param refused how many no rule was made of
public record Learned(String text, int rules, long learned, long settled, long refused) {}
