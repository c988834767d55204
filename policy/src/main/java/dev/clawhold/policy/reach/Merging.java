package dev.clawhold.policy.reach;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// Puts differences that are alike but for one part into one, so that people read few lines.
final class Merging {
    static final String OTHER_PORTS = "other ports";

    /// One difference at one place.
    record Cell(
            int host,
            String port,
            BitSet who,
            List<String> what,
            Shape paths,
            List<String> when,
            Ruling before,
            Ruling after) {}

    private record Said(
            List<String> what, Shape paths, List<String> when, Ruling before, Ruling after) {}

    private record Spot(int host, String port, Said said) {}

    private record Ported(int host, BitSet who, Said said) {}

    private record Hosted(List<String> ports, BitSet who, Said said) {}

    private final Map<Spot, BitSet> whoBySpot = new LinkedHashMap<>();

    void add(Cell cell) {
        var said = new Said(cell.what(), cell.paths(), cell.when(), cell.before(), cell.after());
        whoBySpot
                .computeIfAbsent(new Spot(cell.host(), cell.port(), said), _ -> new BitSet())
                .or(cell.who());
    }

    /// The differences, the wider first.
    List<Change> changes(HostAtoms hosts, ProgramAtoms programs) {
        Map<Ported, TreeSet<String>> ports = new LinkedHashMap<>();
        whoBySpot.forEach((spot, who) ->
                ports.computeIfAbsent(
                                new Ported(spot.host(), who, spot.said()),
                                _ -> new TreeSet<>(Merging::byNumber))
                        .add(spot.port()));
        Map<Hosted, BitSet> byHosts = new LinkedHashMap<>();
        ports.forEach((ported, numbers) ->
                byHosts.computeIfAbsent(
                                new Hosted(List.copyOf(numbers), ported.who(), ported.said()),
                                _ -> new BitSet())
                        .set(ported.host()));
        var changes = new ArrayList<Change>();
        byHosts.forEach((hosted, some) ->
                changes.add(
                        new Change(
                                programs.shape(hosted.who()),
                                hosts.shape(some),
                                hosted.ports(),
                                hosted.said().what(),
                                hosted.said().paths(),
                                hosted.said().when(),
                                hosted.said().before(),
                                hosted.said().after())));
        changes.sort(Comparator.comparing(Change::direction).thenComparing(Change::subject));
        return changes;
    }

    private static int byNumber(String one, String other) {
        boolean words = one.equals(OTHER_PORTS) || other.equals(OTHER_PORTS);
        return words
                ? Boolean.compare(one.equals(OTHER_PORTS), other.equals(OTHER_PORTS))
                : Integer.compare(Integer.parseInt(one), Integer.parseInt(other));
    }
}
