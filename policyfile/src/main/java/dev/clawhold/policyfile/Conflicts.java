package dev.clawhold.policyfile;

import dev.clawhold.policy.Ports;
import dev.clawhold.policy.host.HostPattern;
import dev.clawhold.policy.program.Programs;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/// Finds endpoints that claim the same requests for two protocols of which neither governs. Only
/// equal hosts, ports and paths are compared; what overlaps otherwise is decided per request.
final class Conflicts {
    private record Claim(HostPattern host, Ports ports, String path) {}

    private record Claimant(Protocol protocol, Programs programs, Place place) {}

    private final Problems problems;
    private final Map<Claim, List<Claimant>> claims = new HashMap<>();

    Conflicts(Problems problems) {
        this.problems = problems;
    }

    void note(
            Section section, Protocol protocol, HostPattern host, Ports ports, Programs programs) {
        if (protocol.isInspected() && protocol != Protocol.REST) {
            var path =
                    section.get("path")
                            .map(node -> node instanceof Node.Scalar s ? s.text() : "")
                            .orElse("");
            var claimants =
                    claims.computeIfAbsent(new Claim(host, ports, path), _ -> new ArrayList<>());
            if (claimants.size() < Problems.MOST) {
                claimants.add(new Claimant(protocol, programs, section.place()));
            }
        }
    }

    void check() {
        claims.forEach((claim, claimants) -> {
            for (int i = 1; i < claimants.size(); i++) {
                for (var earlier : claimants.subList(0, i)) {
                    check(claim, earlier, claimants.get(i));
                }
            }
        });
    }

    private void check(Claim claim, Claimant first, Claimant second) {
        if (first.protocol != second.protocol && overlap(first.programs, second.programs)) {
            var what = claim.host.text() + ":" + claim.ports + (" " + claim.path).stripTrailing();
            problems.add(
                    second.place,
                    Code.E16,
                    first.protocol.text()
                            + " and "
                            + second.protocol.text()
                            + " both claim "
                            + Quote.of(what)
                            + ": lines "
                            + first.place.line()
                            + " and "
                            + second.place.line());
        }
    }

    private static boolean overlap(Programs one, Programs other) {
        return switch (one) {
            case Programs.Any _ -> true;
            case Programs.Listed(var mine) ->
                    switch (other) {
                        case Programs.Any _ -> true;
                        case Programs.Listed(var theirs) -> {
                            var paths = new HashSet<>(mine.stream().map(p -> p.path()).toList());
                            yield theirs.stream().anyMatch(p -> paths.contains(p.path()));
                        }
                    };
        };
    }
}
