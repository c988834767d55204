package dev.clawhold.policy.limit;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/// What is left of one rate. Up to an hour: a token bucket that holds one period's amount and is
/// refilled evenly. A day or a month: the amount anew at the beginning of each, in UTC.
final class Tally {
    private final Rate rate;
    private double left;
    private Instant at;

    Tally(Rate rate, Instant now) {
        this.rate = rate;
        this.left = (double) rate.amount();
        this.at = now;
    }

    /// Whether so much is left.
    boolean has(long amount, Instant now) {
        refill(now);
        return left >= amount;
    }

    /// Takes an amount away, also more than is left: what has passed has passed.
    void take(long amount, Instant now) {
        refill(now);
        left -= (double) amount;
    }

    /// A clock that goes back gives nothing.
    private void refill(Instant now) {
        if (!now.isAfter(at)) {
            return;
        }
        left =
                switch (rate.period()) {
                    case SECOND -> evenly(now, Duration.ofSeconds(1));
                    case MINUTE -> evenly(now, Duration.ofMinutes(1));
                    case HOUR -> evenly(now, Duration.ofHours(1));
                    case DAY -> day(now).equals(day(at)) ? left : (double) rate.amount();
                    case MONTH ->
                            day(now).withDayOfMonth(1).equals(day(at).withDayOfMonth(1))
                                    ? left
                                    : (double) rate.amount();
                };
        at = now;
    }

    private double evenly(Instant now, Duration period) {
        double share = (double) Duration.between(at, now).toNanos() / period.toNanos();
        double full = (double) rate.amount();
        return Math.min(full, left + share * full);
    }

    private static LocalDate day(Instant moment) {
        return moment.atZone(ZoneOffset.UTC).toLocalDate();
    }
}
