package dev.clawhold.policyfile.learn;

import java.util.Comparator;
import java.util.NavigableMap;
import java.util.TreeMap;

/// Makes the smallest policy that would have allowed what was seen. Each rule is for one program,
/// by its exact path, and one host; where requests were seen the endpoint is inspected and lists
/// them. Observations may come in any order: the same ones make the same text. Takes memory in the
/// number of different ones. Not safe for threads.
public final class Learner {
    /// What no rule was made of, for one reason.
    record Refusal(String program, String target, String why) implements Comparable<Refusal> {
        private static final Comparator<Refusal> ORDER =
                Comparator.comparing(Refusal::program)
                        .thenComparing(Refusal::target)
                        .thenComparing(Refusal::why);

        @Override
        public int compareTo(Refusal other) {
            return ORDER.compare(this, other);
        }
    }

    private final LearnOptions options;
    private final Screen screen;
    private final NavigableMap<Group.Key, Group> groups = new TreeMap<>();
    private final NavigableMap<Refusal, Sightings> refusals = new TreeMap<>();
    private final NavigableMap<Group.Key, NavigableMap<Integer, Sightings>> inspected =
            new TreeMap<>();
    private long learned;
    private long settled;

    public Learner(LearnOptions options) {
        this.options = options;
        this.screen = new Screen(options);
    }

    /// Takes in one observation.
    public void add(Observation observation) {
        switch (screen.find(observation)) {
            case Screen.Finding.Settled _ -> settled++;
            case Screen.Finding.Refused(var why) -> refuse(observation, why);
            case Screen.Finding.Learn(var wanted) -> learn(wanted, observation);
        }
    }

    private void refuse(Observation observation, String why) {
        var refusal =
                new Refusal(
                        LearnedText.program(observation.program()),
                        LearnedText.target(observation.host(), observation.port()),
                        why);
        refusals.computeIfAbsent(refusal, _ -> new Sightings()).add(observation);
    }

    private void learn(Wanted wanted, Observation observation) {
        var key = new Group.Key(wanted.program().path(), wanted.host().text());
        if (observation.outcome() == Observation.Outcome.INSPECTED && wanted.call().isEmpty()) {
            inspected
                    .computeIfAbsent(key, _ -> new TreeMap<>())
                    .computeIfAbsent(wanted.port(), _ -> new Sightings())
                    .add(observation);
        } else {
            learned++;
            groups.computeIfAbsent(key, _ -> new Group()).add(wanted, observation);
        }
    }

    /// What was learned from all observations so far.
    public Learned learned() {
        var all = new TreeMap<>(refusals);
        long opened = settled;
        for (var key : inspected.keySet()) {
            for (var port : inspected.get(key).entrySet()) {
                if (isCovered(key, port.getKey())) {
                    opened += port.getValue().count();
                } else {
                    all.put(
                            new Refusal(
                                    key.program(),
                                    LearnedText.target(key.host(), port.getKey()),
                                    "no request was seen on the inspected connection"),
                            port.getValue());
                }
            }
        }
        long refused = all.values().stream().mapToLong(Sightings::count).sum();
        var text = new LearnedText(options, groups, all).text(learned, opened);
        return new Learned(text, groups.size(), learned, opened, refused);
    }

    /// Whether a rule opens the connection in any case.
    private boolean isCovered(Group.Key key, int port) {
        var group = groups.get(key);
        return group != null && group.ports().containsKey(port);
    }
}
