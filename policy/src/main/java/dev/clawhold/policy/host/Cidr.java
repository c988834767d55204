package dev.clawhold.policy.host;

import java.util.Optional;

/// A range of addresses. The bits behind the prefix are zero, so two spellings of one range are
/// equal.
///
/// @param prefix 0 to 32, for IPv6 to 128
public record Cidr(IpAddress network, int prefix) {
    public Cidr {
        if (prefix < 0 || prefix > bits(network)) {
            throw new IllegalArgumentException("prefix " + prefix + " does not fit " + network);
        }
        network = network.truncated(prefix);
    }

    /// The range that `address` or `address/prefix` spells; empty for anything else. An IPv4-mapped
    /// IPv6 network is refused where a prefix is given: its length would mean another range.
    public static Optional<Cidr> parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            return IpAddress.parse(text).map(Cidr::only);
        }
        var address = IpAddress.parse(text.substring(0, slash));
        int prefix = number(text.substring(slash + 1));
        boolean mapped = address.isPresent() && address.get().isV4() && text.indexOf(':') >= 0;
        return mapped
                ? Optional.empty()
                : address.filter(a -> prefix >= 0 && prefix <= bits(a))
                        .map(a -> new Cidr(a, prefix));
    }

    /// The range of one address.
    public static Cidr only(IpAddress address) {
        return new Cidr(address, bits(address));
    }

    /// Whether the address, or the IPv4 address that it carries, lies in this range.
    public boolean contains(IpAddress address) {
        return address.within(this) || address.effective().within(this);
    }

    /// Whether some address lies in both ranges.
    public boolean touches(Cidr other) {
        return prefix <= other.prefix ? other.network.within(this) : network.within(other);
    }

    /// Whether the range is one address.
    public boolean isSingle() {
        return prefix == bits(network);
    }

    private static int bits(IpAddress address) {
        return address.isV4() ? 32 : 128;
    }

    /// The value of one to three digits without a leading zero, or -1.
    private static int number(String digits) {
        boolean wellFormed =
                !digits.isEmpty()
                        && digits.length() <= 3
                        && (digits.length() == 1 || digits.charAt(0) != '0')
                        && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        return wellFormed ? Integer.parseInt(digits) : -1;
    }

    @Override
    public String toString() {
        return isSingle() ? network.toString() : network + "/" + prefix;
    }
}
