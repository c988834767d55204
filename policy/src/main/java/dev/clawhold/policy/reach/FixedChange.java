package dev.clawhold.policy.reach;

import dev.clawhold.policy.Policy;
import dev.clawhold.policy.confinement.Access;
import dev.clawhold.policy.confinement.Confinement;
import dev.clawhold.policy.confinement.FileRules;
import dev.clawhold.policy.confinement.PathRule;
import dev.clawhold.policy.inference.Budget;
import dev.clawhold.policy.inference.Inference;
import dev.clawhold.policy.inference.Route;
import dev.clawhold.policy.reach.Change.Direction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// A difference in files, process or limits, or in a policy as a whole.
///
/// @param subject what it is about
/// @param before in words
/// @param after in words
public record FixedChange(Direction direction, String subject, String before, String after) {
    private static final String BUILT_IN = "built-in";

    static List<FixedChange> between(Policy before, Policy after) {
        var changes = new ArrayList<FixedChange>();
        files(before.confinement().files(), after.confinement().files(), changes);
        process(before.confinement(), after.confinement(), changes);
        switched(
                "an invalid reload",
                before.onInvalidDeniesAll() ? "denies all" : "changes nothing",
                after.onInvalidDeniesAll() ? "denies all" : "changes nothing",
                changes);
        inference(before.egress().inference(), after.egress().inference(), changes);
        return changes;
    }

    private static void inference(
            Optional<Inference> before, Optional<Inference> after, List<FixedChange> changes) {
        if (!before.map(FixedChange::normal).equals(after.map(FixedChange::normal))) {
            boolean both = before.isPresent() && after.isPresent();
            var direction =
                    both
                            ? Direction.OTHER
                            : after.isPresent() ? Direction.WIDER : Direction.NARROWER;
            changes.add(
                    new FixedChange(
                            direction,
                            "inference.local",
                            before.isPresent() ? "routed" : "not configured",
                            both
                                    ? "routed otherwise"
                                    : after.isPresent() ? "routed" : "not configured"));
        }
    }

    /// Without lines, and without the order of what has none.
    private static Inference normal(Inference inference) {
        return new Inference(
                inference.providers().stream()
                        .sorted(Comparator.comparing(Object::toString))
                        .toList(),
                inference.aliases(),
                inference.routes().stream().map(r -> new Route(r.model(), r.to(), 0)).toList(),
                inference.budgets().stream()
                        .map(b ->
                                new Budget(
                                        b.scope(),
                                        b.limit(),
                                        b.period(),
                                        b.then(),
                                        b.warn(),
                                        b.provider(),
                                        b.model(),
                                        0))
                        .sorted(Comparator.comparing(Object::toString))
                        .toList(),
                inference.timeouts(),
                inference.unknownPrice(),
                inference.env());
    }

    private static void switched(
            String subject, String before, String after, List<FixedChange> changes) {
        if (!before.equals(after)) {
            changes.add(new FixedChange(Direction.OTHER, subject, before, after));
        }
    }

    /// The longest listed path decides about a file, so a path that says what its parent says makes
    /// no difference unless it is absent or a link; it is compared as it is written all the same.
    private static void files(FileRules before, FileRules after, List<FixedChange> changes) {
        switched(
                "the working directory",
                before.workdir() ? "writable" : "as listed",
                after.workdir() ? "writable" : "as listed",
                changes);
        switched(
                "a listed path that is absent",
                before.allMustExist() ? "stops the start" : "is skipped",
                after.allMustExist() ? "stops the start" : "is skipped",
                changes);
        var one = byPath(before);
        var other = byPath(after);
        var paths = new TreeSet<>(one.keySet());
        paths.addAll(other.keySet());
        for (var path : paths) {
            var was = Optional.ofNullable(one.get(path));
            var is = Optional.ofNullable(other.get(path));
            if (!was.equals(is)) {
                changes.add(
                        new FixedChange(
                                direction(width(was), width(is)),
                                "file " + path,
                                text(was),
                                text(is)));
            }
        }
    }

    /// As the sandbox takes them: of two entries for a path, the stricter.
    private static Map<String, Access> byPath(FileRules files) {
        return files.paths().stream()
                .collect(
                        Collectors.toMap(
                                PathRule::path,
                                PathRule::access,
                                (a, b) -> width(Optional.of(a)) <= width(Optional.of(b)) ? a : b,
                                TreeMap::new));
    }

    private static int width(Optional<Access> access) {
        return access.map(a ->
                        switch (a) {
                            case DENY -> 0;
                            case READ_ONLY -> 2;
                            case READ_WRITE -> 3;
                        })
                .orElse(1);
    }

    private static String text(Optional<Access> access) {
        return access.map(a ->
                        switch (a) {
                            case DENY -> "hidden";
                            case READ_ONLY -> "read-only";
                            case READ_WRITE -> "read-write";
                        })
                .orElse("not listed");
    }

    private static Direction direction(int before, int after) {
        return before < after ? Direction.WIDER : Direction.NARROWER;
    }

    private static void process(Confinement before, Confinement after, List<FixedChange> changes) {
        switched("user id", text(before.identity().uid()), text(after.identity().uid()), changes);
        switched("group id", text(before.identity().gid()), text(after.identity().gid()), changes);
        var one = before.limits();
        var other = after.limits();
        limit("memory", number(one.memory()), number(other.memory()), changes);
        limit("cpu", one.cpu(), other.cpu(), changes);
        limit("pids", number(one.pids()), number(other.pids()), changes);
        limit("files", number(one.files()), number(other.files()), changes);
        limit("time", seconds(one.time()), seconds(other.time()), changes);
    }

    private static String text(OptionalLong id) {
        return id.isPresent() ? String.valueOf(id.getAsLong()) : "chosen at the start";
    }

    private static OptionalDouble number(OptionalLong value) {
        return value.isPresent()
                ? OptionalDouble.of((double) value.getAsLong())
                : OptionalDouble.empty();
    }

    private static OptionalDouble seconds(Optional<Duration> time) {
        return time.map(t -> OptionalDouble.of(t.toMillis() / 1000.0))
                .orElse(OptionalDouble.empty());
    }

    /// The built-in ceiling may be lower or higher than a given one.
    private static void limit(
            String name, OptionalDouble before, OptionalDouble after, List<FixedChange> changes) {
        if (!before.equals(after)) {
            boolean both = before.isPresent() && after.isPresent();
            var direction =
                    both
                            ? before.getAsDouble() < after.getAsDouble()
                                    ? Direction.WIDER
                                    : Direction.NARROWER
                            : Direction.OTHER;
            changes.add(new FixedChange(direction, "limit " + name, text(before), text(after)));
        }
    }

    private static String text(OptionalDouble limit) {
        if (limit.isEmpty()) {
            return BUILT_IN;
        }
        double value = limit.getAsDouble();
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? String.valueOf((long) value)
                : String.valueOf(value);
    }
}
