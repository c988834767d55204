package dev.clawhold.policy.reach;

import dev.clawhold.policy.Endpoint;
import dev.clawhold.policy.host.AddressClass;
import dev.clawhold.policy.host.Cidr;
import dev.clawhold.policy.host.Host;
import dev.clawhold.policy.host.IpAddress;
import dev.clawhold.policy.host.SpecialHosts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/// The addresses that a name may resolve to, as far as endpoints can tell them apart.
final class AddressAtoms {
    private static final IpAddress PUBLIC =
            IpAddress.of((byte) 93, (byte) 184, (byte) 216, (byte) 34);
    private static final IpAddress PRIVATE = IpAddress.of((byte) 10, (byte) 0, (byte) 0, (byte) 1);
    private static final IpAddress LOOPBACK =
            IpAddress.of((byte) 127, (byte) 0, (byte) 0, (byte) 1);

    private AddressAtoms() {}

    /// The first address of each stretch on which all ranges are constant. What an IPv6 address
    /// carries is not told apart from the IPv4 address itself.
    static List<IpAddress> between(List<Cidr> ranges) {
        var starts = new TreeSet<byte[]>(AddressAtoms::compare);
        starts.add(new byte[4]);
        starts.add(new byte[16]);
        for (var range : ranges) {
            starts.add(range.network().bytes());
            behind(range).ifPresent(starts::add);
        }
        return starts.stream().map(IpAddress::of).distinct().toList();
    }

    private static int compare(byte[] one, byte[] other) {
        return one.length == other.length
                ? Arrays.compareUnsigned(one, other)
                : Integer.compare(one.length, other.length);
    }

    /// The address behind the last of a range, where there is one.
    private static Optional<byte[]> behind(Cidr range) {
        var bytes = range.network().bytes();
        if (range.prefix() == 0) {
            return Optional.empty();
        }
        int at = (range.prefix() - 1) / 8;
        int step = 1 << (7 - (range.prefix() - 1) % 8);
        while (at >= 0) {
            int sum = (bytes[at] & 255) + step;
            bytes[at] = (byte) sum;
            if (sum < 256) {
                return Optional.of(bytes);
            }
            step = 1;
            at--;
        }
        return Optional.empty();
    }

    /// Answers for a host, one of each kind that the endpoints treat otherwise than others.
    static List<List<IpAddress>> answers(Host host, List<Endpoint> endpoints) {
        return switch (host) {
            case Host.Address(var address) -> List.of(List.of(address));
            case Host.Name name when SpecialHosts.kind(name) == SpecialHosts.Kind.HOST_LOOPBACK ->
                    List.of(List.of(LOOPBACK));
            case Host.Name _ -> named(endpoints);
        };
    }

    private static List<List<IpAddress>> named(List<Endpoint> endpoints) {
        var ranges = endpoints.stream().flatMap(e -> e.allowedIps().stream()).distinct().toList();
        var singles =
                ranges.isEmpty()
                        ? Stream.of(PUBLIC, PRIVATE)
                        : Stream.concat(
                                Stream.of(PUBLIC, PRIVATE),
                                between(
                                        Stream.concat(
                                                        AddressClass.ranges().stream(),
                                                        ranges.stream())
                                                .toList())
                                        .stream());
        return Closure.of(
                singles.filter(a -> AddressClass.of(a) != AddressClass.NEVER)
                        .map(List::of)
                        .toList(),
                answers -> behaviour(answers, endpoints),
                (one, other) -> Stream.concat(one.stream(), other.stream()).distinct().toList());
    }

    private static List<Boolean> behaviour(List<IpAddress> answers, List<Endpoint> endpoints) {
        var tests = new ArrayList<Boolean>();
        tests.add(answers.stream().allMatch(a -> AddressClass.of(a) == AddressClass.PUBLIC));
        tests.add(answers.stream().allMatch(a -> AddressClass.of(a) == AddressClass.PRIVATE));
        for (var endpoint : endpoints) {
            if (!endpoint.allowedIps().isEmpty()) {
                tests.add(answers.stream().allMatch(endpoint::listsAddress));
                tests.add(answers.stream().anyMatch(endpoint::listsAddress));
            }
        }
        return tests;
    }

    /// Some answers in words.
    static String text(List<IpAddress> answers, List<Endpoint> endpoints) {
        boolean listed = endpoints.stream().anyMatch(e -> !e.allowedIps().isEmpty());
        var kinds = answers.stream().map(AddressClass::of).distinct().toList();
        if (kinds.size() > 1) {
            return "public and private addresses at once";
        }
        var kind = kinds.getFirst() == AddressClass.PUBLIC ? "public" : "private";
        if (!listed) {
            return kind + " addresses";
        }
        var ranges =
                endpoints.stream()
                        .flatMap(e -> e.allowedIps().stream())
                        .filter(range -> answers.stream().allMatch(range::contains))
                        .map(Cidr::toString)
                        .distinct()
                        .sorted()
                        .toList();
        return ranges.isEmpty()
                ? "other " + kind + " addresses"
                : "addresses in " + String.join(" and ", ranges);
    }
}
