package dev.clawhold.policy.host;

import java.util.List;
import java.util.stream.Stream;

/// How far an address may be reached. What an IPv6 address carries (RFC 6052, RFC 3056) counts as
/// the IPv4 address itself.
public enum AddressClass {
    /// No rule opens it: this machine, link-local, multicast, cloud metadata.
    NEVER,
    /// Inside a site (RFC 1918, RFC 6598, RFC 4193) or set aside (RFC 6890).
    PRIVATE,
    /// Everything else.
    PUBLIC;

    private static final List<Cidr> NEVER_RANGES =
            ranges(
                    "0.0.0.0/8",
                    "127.0.0.0/8",
                    "169.254.0.0/16",
                    "224.0.0.0/4",
                    "240.0.0.0/4",
                    "100.100.100.200",
                    "168.63.129.16",
                    "192.0.0.192",
                    "::/96",
                    "fe80::/10",
                    "fec0::/10",
                    "ff00::/8",
                    "64:ff9b:1::/48",
                    "2001::/32",
                    "fd00:ec2::254",
                    "fd00:ec2::23",
                    "fd20:ce::254",
                    "fd00:42::42");
    private static final List<Cidr> PRIVATE_RANGES =
            ranges(
                    "10.0.0.0/8",
                    "172.16.0.0/12",
                    "192.168.0.0/16",
                    "100.64.0.0/10",
                    "192.0.0.0/24",
                    "192.0.2.0/24",
                    "198.18.0.0/15",
                    "198.51.100.0/24",
                    "203.0.113.0/24",
                    "fc00::/7",
                    "2001:db8::/32");

    /// Every range that differs from what lies around it.
    public static List<Cidr> ranges() {
        return Stream.concat(NEVER_RANGES.stream(), PRIVATE_RANGES.stream()).toList();
    }

    /// The class of one address.
    public static AddressClass of(IpAddress address) {
        if (anyContains(NEVER_RANGES, address)) {
            return NEVER;
        }
        return anyContains(PRIVATE_RANGES, address) ? PRIVATE : PUBLIC;
    }

    private static boolean anyContains(List<Cidr> ranges, IpAddress address) {
        for (var range : ranges) {
            if (range.contains(address)) {
                return true;
            }
        }
        return false;
    }

    private static List<Cidr> ranges(String... texts) {
        return List.of(texts).stream().map(text -> Cidr.parse(text).orElseThrow()).toList();
    }
}
