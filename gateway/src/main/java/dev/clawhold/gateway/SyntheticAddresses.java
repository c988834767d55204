package dev.clawhold.gateway;

import dev.clawhold.policy.host.Host;
import dev.clawhold.policy.host.IpAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/// The addresses that stand for names inside one sandbox: one name, one address, for the sandbox's
/// life; none is given twice. Safe for use by many threads.
///
/// The n-th name gets the n-th address of 198.18.0.0/15 (RFC 2544, never routed) after 198.18.0.1,
/// which the sandbox's loopback interface bears. The IPv6 form is in fd00:c1a4::/96 and ends in the
/// same 32 bits.
final class SyntheticAddresses {
    /// Names given addresses, at most: the /15 without its first two addresses and its last.
    static final int POOL = (1 << 17) - 3;

    /// New names a minute, in one burst or evenly.
    static final int NEW_NAMES_PER_MINUTE = 1_000;

    /// Characters of all names together, at most, so that long names cannot fill the memory.
    static final int MAX_TEXT = 8 << 20;

    private static final int FIRST = 198 << 24 | 18 << 16 | 2;
    private static final int NETWORK = 198 << 24 | 18 << 16;
    private static final int MASK = 0xFFFE_0000;
    private static final byte[] PREFIX = {
        (byte) 0xFD, 0, (byte) 0xC1, (byte) 0xA4, 0, 0, 0, 0, 0, 0, 0, 0
    };
    private static final long NANOS_PER_NAME = TimeUnit.MINUTES.toNanos(1) / NEW_NAMES_PER_MINUTE;

    private final LongSupplier nanoTime;
    private final Map<Host.Name, Integer> indices = new HashMap<>();
    // INVARIANT: names.get(i) is the name whose index is i, so the address of i can only mean it.
    private final List<Host.Name> names = new ArrayList<>();
    private int text;
    private long refused;
    private long credit = NANOS_PER_NAME * NEW_NAMES_PER_MINUTE;
    private long seen;

    /// @param nanoTime a monotonic clock in nanoseconds, such as `System::nanoTime`
    SyntheticAddresses(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        seen = nanoTime.getAsLong();
    }

    /// The IPv4 form of the address that stands for the name; a name not seen before gets the next
    /// one. Empty when names come faster than [#NEW_NAMES_PER_MINUTE] or the pool is used up.
    synchronized Optional<IpAddress> addressOf(Host.Name name) {
        var index = indices.get(name);
        if (index != null) {
            return Optional.of(v4(index));
        }
        if (names.size() == POOL || text + name.text().length() > MAX_TEXT || !mayGrow()) {
            refused++;
            return Optional.empty();
        }
        indices.put(name, names.size());
        names.add(name);
        text += name.text().length();
        return Optional.of(v4(names.size() - 1));
    }

    /// The name that the address, in either form, was given to; empty when it was given to none.
    synchronized Optional<Host.Name> nameOf(IpAddress address) {
        if (!covers(address)) {
            return Optional.empty();
        }
        int index = suffix(address.bytes()) - FIRST;
        return index >= 0 && index < names.size()
                ? Optional.of(names.get(index))
                : Optional.empty();
    }

    /// Whether the address is of one of the two synthetic ranges, given out or not.
    boolean covers(IpAddress address) {
        var bytes = address.bytes();
        return (suffix(bytes) & MASK) == NETWORK && (address.isV4() || hasPrefix(bytes));
    }

    /// How many questions for a new name were not answered, because of the rate or the pool.
    synchronized long refused() {
        return refused;
    }

    /// The IPv6 form of a synthetic IPv4 address.
    static IpAddress v6(IpAddress synthetic) {
        var bytes = new byte[16];
        System.arraycopy(PREFIX, 0, bytes, 0, 12);
        System.arraycopy(synthetic.bytes(), 0, bytes, 12, 4);
        return IpAddress.of(bytes);
    }

    private static IpAddress v4(int index) {
        int a = FIRST + index;
        return IpAddress.of((byte) (a >>> 24), (byte) (a >>> 16), (byte) (a >>> 8), (byte) a);
    }

    /// Token bucket of one minute's amount, refilled evenly.
    private boolean mayGrow() {
        long now = nanoTime.getAsLong();
        credit = Math.min(credit + (now - seen), NANOS_PER_NAME * NEW_NAMES_PER_MINUTE);
        seen = now;
        if (credit < NANOS_PER_NAME) {
            return false;
        }
        credit -= NANOS_PER_NAME;
        return true;
    }

    private static int suffix(byte[] bytes) {
        int i = bytes.length - 4;
        return bytes[i] << 24
                | (bytes[i + 1] & 255) << 16
                | (bytes[i + 2] & 255) << 8
                | (bytes[i + 3] & 255);
    }

    private static boolean hasPrefix(byte[] bytes) {
        for (int i = 0; i < PREFIX.length; i++) {
            if (bytes[i] != PREFIX[i]) {
                return false;
            }
        }
        return true;
    }
}
