package dev.clawhold.policyfile.edit;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Valid policies in many layouts: few names, so that they meet.
final class RandomPolicy {
    static final List<String> HOSTS = List.of("a.test", "b.test", "c.test");
    static final List<Integer> PORTS = List.of(80, 443);
    static final List<String> PROGRAMS = List.of("/bin/a", "/bin/b", "/bin/c");
    private static final List<String> KEYS = List.of("one", "two", "three");

    private final Random random;
    private final int step;
    private final boolean spaced;
    private final StringBuilder text = new StringBuilder();

    RandomPolicy(Random random) {
        this.random = random;
        this.step = 2 + random.nextInt(3);
        this.spaced = random.nextBoolean();
    }

    String text() {
        comment(0);
        line(0, "version: 1");
        if (chance(4)) {
            line(0, "on_invalid: keep");
        }
        if (chance(5)) {
            line(0, "network_policies: {}");
        } else if (!chance(8)) {
            comment(0);
            line(0, "network_policies:");
            var keys = KEYS.stream().filter(_ -> random.nextInt(3) > 0).toList();
            (keys.isEmpty() ? KEYS : keys).forEach(this::rule);
        }
        comment(random.nextInt(3));
        if (chance(4)) {
            line(0, "process: {run_as_user: sandbox}");
        }
        var whole = chance(5) ? text.toString().stripTrailing() : text.toString();
        return chance(6) ? whole.replace("\n", "\r\n") : whole;
    }

    private void rule(String key) {
        if (spaced) {
            text.append('\n');
        }
        comment(step);
        var verdict = chance(5) ? "deny" : "allow";
        if (chance(4)) {
            line(
                    step,
                    key
                            + ": {binaries: "
                            + flowBinaries()
                            + ", verdict: "
                            + verdict
                            + ", endpoints: [{"
                            + endpoint(verdict)
                            + "}]}");
            return;
        }
        line(step, key + ":");
        if (chance(4)) {
            line(2 * step, "note: |");
            text.append(" ".repeat(3 * step)).append("about # ").append(key).append('\n');
        }
        if (verdict.equals("deny") || chance(4)) {
            line(2 * step, "verdict: " + verdict);
        }
        comment(2 * step);
        line(2 * step, "endpoints:");
        int dash = chance(3) ? 2 * step : 3 * step;
        for (int i = 0; i <= random.nextInt(3); i++) {
            comment(dash);
            item(dash, verdict);
        }
        comment(dash);
        binaries();
        comment(3 * step);
    }

    private void item(int dash, String verdict) {
        if (chance(2)) {
            line(dash, "- {" + endpoint(verdict) + "}");
            return;
        }
        line(dash, "- port: " + pick(PORTS));
        comment(dash + 2);
        line(dash + 2, "host: " + pick(HOSTS));
        if (verdict.equals("allow") && chance(3)) {
            line(dash + 2, "protocol: rest");
            line(dash + 2, access());
        }
    }

    private String access() {
        return chance(2)
                ? "access: " + pick(List.of("read-only", "read-write", "full"))
                : "rules: [{allow: {method: "
                        + pick(List.of("GET", "POST", "\"*\""))
                        + ", path: \"/**\"}}]";
    }

    private String endpoint(String verdict) {
        var ports = chance(3) ? "ports: [80, 443]" : "port: " + pick(PORTS);
        var inspected = verdict.equals("allow") && chance(4) ? ", protocol: rest, " + access() : "";
        return "host: " + pick(HOSTS) + ", " + ports + inspected;
    }

    private void binaries() {
        if (chance(2)) {
            line(2 * step, "binaries: " + flowBinaries());
            return;
        }
        line(2 * step, "binaries:");
        for (var program : programs()) {
            comment(3 * step);
            line(3 * step, "- " + program);
        }
    }

    private String flowBinaries() {
        return chance(4) ? "any" : programs().toString();
    }

    private List<String> programs() {
        var programs = new ArrayList<String>();
        for (var program : PROGRAMS) {
            if (chance(2)) {
                programs.add(chance(3) ? "{path: " + program + "}" : program);
            }
        }
        return programs.isEmpty() ? List.of(PROGRAMS.getFirst()) : programs;
    }

    private void comment(int column) {
        if (chance(6)) {
            text.append(" ".repeat(column))
                    .append("# note ")
                    .append(random.nextInt(100))
                    .append('\n');
        }
        if (chance(12)) {
            text.append('\n');
        }
    }

    private void line(int column, String words) {
        text.append(" ".repeat(column)).append(words);
        if (chance(6) && !words.endsWith("|")) {
            text.append(" ".repeat(1 + random.nextInt(3)))
                    .append("# beside ")
                    .append(random.nextInt(100));
        }
        text.append('\n');
    }

    private boolean chance(int of) {
        return random.nextInt(of) == 0;
    }

    private <T> T pick(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }
}
