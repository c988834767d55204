package dev.clawhold.policy.limit;

/// What a rate is about. Up to an hour the amount comes back evenly; days and months are those of
/// the calendar in UTC.
public enum Period {
    SECOND,
    MINUTE,
    HOUR,
    DAY,
    MONTH
}
