package dev.clawhold.policyfile.learn;

import dev.clawhold.policy.glob.Glob;
import dev.clawhold.policy.program.Program;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;

/// Writes a learned policy. Everything that a log holds is somebody else's text: it stands quoted,
/// or escaped in comments.
final class LearnedText {
    private static final int MOST_PORTS = 64;
    private static final int MOST_CLAUSES = 1_000;
    private static final int MOST_REFUSALS = 100;
    private static final int LONGEST_NAME = 48;

    private final LearnOptions options;
    private final NavigableMap<Group.Key, Group> groups;
    private final NavigableMap<Learner.Refusal, Sightings> refusals;
    private final StringBuilder out = new StringBuilder();
    private final Set<String> taken = new HashSet<>();

    LearnedText(
            LearnOptions options,
            NavigableMap<Group.Key, Group> groups,
            NavigableMap<Learner.Refusal, Sightings> refusals) {
        this.options = options;
        this.groups = groups;
        this.refusals = refusals;
    }

    /// The program as comments name it.
    static String program(Program program) {
        return switch (program) {
            case Program.Known(var executable, _, _) -> executable.path();
            case Program.Unknown(var cause, _) -> "unknown program (" + cause + ")";
        };
    }

    /// Host and port as comments name them.
    static String target(String host, int port) {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }

    String text(long learned, long settled) {
        header(learned, settled);
        line("version: 1");
        line(groups.isEmpty() ? "network_policies: {}" : "network_policies:");
        groups.forEach(this::rule);
        refused();
        return out.toString();
    }

    private void header(long learned, long settled) {
        comment("", "Learned from an audit log: " + records(learned) + " stand behind the rules.");
        if (settled > 0) {
            comment("", records(settled) + " needed no rule.");
        }
        boolean requests =
                groups.values().stream()
                        .flatMap(group -> group.ports().values().stream())
                        .anyMatch(port -> !port.calls().isEmpty());
        if (requests) {
            comment("", "A log holds no queries: each path is allowed with any.");
        }
        comment("", "Read it before you use it: a program may have tried what you do not want.");
    }

    private static String records(long count) {
        return count == 1 ? "1 record" : count + " records";
    }

    private void rule(Group.Key key, Group group) {
        comment("  ", group.sightings().text());
        line("  " + name(key) + ":");
        line("    endpoints:");
        endpoints(key.host(), group);
        line("    binaries:");
        var path = Glob.literally(Glob.Kind.BINARY, key.program()).toString();
        line("      - path: " + YamlText.scalar(path));
        line("        descendants: false");
        if (options.pin()) {
            line("        sha256:");
            group.hashes().forEach(hash -> line("          - '" + hash + "'"));
        }
    }

    private String name(Group.Key key) {
        var program = key.program().substring(key.program().lastIndexOf('/') + 1);
        var name = "learned_" + word(program) + "_" + word(key.host());
        var free = name;
        for (int i = 2; !taken.add(free); i++) {
            free = name + "_" + i;
        }
        return free;
    }

    private static String word(String text) {
        var word = new StringBuilder();
        text.chars()
                .limit(LONGEST_NAME)
                .map(c -> c < 128 && Character.isLetterOrDigit(c) ? c : '_')
                .forEach(c -> word.append((char) c));
        return word.toString();
    }

    /// One endpoint for the ports where only connections were seen, one for each set of requests.
    private void endpoints(String host, Group group) {
        var opaque = new ArrayList<Integer>();
        Map<List<Clause>, List<Integer>> inspected = new LinkedHashMap<>();
        group.ports()
                .forEach((number, port) -> {
                    if (port.calls().isEmpty()) {
                        opaque.add(number);
                        return;
                    }
                    for (var clauses : endpoints(port)) {
                        inspected.computeIfAbsent(clauses, _ -> new ArrayList<>()).add(number);
                    }
                });
        for (var ports : chunks(opaque, MOST_PORTS)) {
            target(host, ports);
        }
        inspected.forEach((clauses, numbers) -> {
            for (var ports : chunks(numbers, MOST_PORTS)) {
                target(host, ports);
                boolean alone = clauses.size() == 1 && isBeside(group, ports);
                rest(clauses, alone);
            }
        });
    }

    /// Beside other endpoints each path gets one of its own: it speaks for that path alone, and
    /// what the others say about all other paths stays as it is.
    private List<List<Clause>> endpoints(Group.Port port) {
        var clauses = Clause.of(port.calls(), options.ids());
        return chunks(clauses, port.isBeside() ? 1 : MOST_CLAUSES);
    }

    private static boolean isBeside(Group group, List<Integer> ports) {
        return ports.stream()
                .map(number -> group.ports().get(number))
                .anyMatch(port -> port != null && port.isBeside());
    }

    private void target(String host, List<Integer> ports) {
        line("      - host: " + YamlText.scalar(host));
        line(ports.size() == 1 ? "        port: " + ports.getFirst() : "        ports: " + ports);
    }

    private void rest(List<Clause> clauses, boolean alone) {
        line("        protocol: rest");
        if (alone) {
            line("        path: " + YamlText.quoted(clauses.getFirst().path()));
        }
        line("        rules:");
        for (var clause : clauses) {
            line("          - allow:");
            line("              method: " + YamlText.scalar(clause.method()));
            line("              path: " + YamlText.quoted(clause.path()));
        }
    }

    private static <T> List<List<T>> chunks(List<T> list, int most) {
        var chunks = new ArrayList<List<T>>();
        for (int i = 0; i < list.size(); i += most) {
            chunks.add(list.subList(i, Math.min(i + most, list.size())));
        }
        return chunks;
    }

    private void refused() {
        if (refusals.isEmpty()) {
            return;
        }
        comment("", "Not learned:");
        refusals.entrySet().stream()
                .limit(MOST_REFUSALS)
                .forEach(entry -> {
                    var refusal = entry.getKey();
                    comment("", "- " + refusal.program() + " to " + refusal.target());
                    comment("", "  " + refusal.why() + "; " + entry.getValue().text());
                });
        if (refusals.size() > MOST_REFUSALS) {
            comment("", "- and " + (refusals.size() - MOST_REFUSALS) + " more like these");
        }
    }

    private void comment(String indent, String text) {
        line(indent + "# " + YamlText.comment(text));
    }

    private void line(String text) {
        out.append(text).append('\n');
    }
}
