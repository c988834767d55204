package dev.clawhold.policyfile;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Collects what is wrong with one file, so that all of it is told at once.
final class Problems {
    static final int MOST = 100;
    private static final int ROOM = 2_000;

    private record Use(Place first, int count) {}

    private final String file;
    private List<Problem> found = new ArrayList<>();
    private final Map<String, Use> unavailable = new LinkedHashMap<>();
    private boolean errors;

    Problems(String file) {
        this.file = file;
    }

    void add(Place place, Code code, String message) {
        add(place, code, message, Optional.empty());
    }

    void add(Place place, Code code, String message, String hint) {
        add(place, code, message, Optional.of(hint));
    }

    private void add(Place place, Code code, String message, Optional<String> hint) {
        boolean warning = code.isWarning();
        errors |= !warning;
        found.add(
                new Problem(
                        place.file().isEmpty() ? file : place.file(),
                        place.line(),
                        place.column(),
                        code,
                        warning,
                        Quote.printable(message),
                        hint.map(Quote::printable)));
        if (found.size() > ROOM) {
            found = new ArrayList<>(first());
        }
    }

    /// Takes over what is wrong with another file.
    void addAll(Problems others) {
        found.addAll(others.found);
        errors |= others.errors;
    }

    String file() {
        return file;
    }

    /// Notes that the file asks for something that this build cannot do.
    void unavailable(Place place, String feature) {
        unavailable.merge(
                feature, new Use(place, 1), (a, b) -> new Use(a.first(), a.count() + b.count()));
    }

    boolean hasErrors() {
        return errors;
    }

    /// The first hundred by line; errors before warnings where there are more.
    List<Problem> first() {
        return Stream.concat(
                        found.stream().filter(p -> !p.warning()).sorted(byPlace()).limit(MOST),
                        found.stream().filter(Problem::warning).sorted(byPlace()))
                .limit(MOST)
                .sorted(byPlace())
                .toList();
    }

    /// The file itself comes before those that it extends.
    private Comparator<Problem> byPlace() {
        return Comparator.comparing((Problem p) -> !p.file().equals(file))
                .thenComparing(Problem::file)
                .thenComparing(Problem.BY_PLACE);
    }

    /// Whatever else is wrong with a value is so because its placeholder is not filled in.
    private void hideBehindPlaceholders() {
        var open =
                found.stream()
                        .filter(p -> p.code() == Code.E26)
                        .map(Problems::placed)
                        .collect(Collectors.toSet());
        found.removeIf(p -> p.code() != Code.E26 && open.contains(placed(p)));
    }

    private static Place placed(Problem problem) {
        return new Place(problem.file(), problem.line(), problem.column());
    }

    /// All problems, with one warning for each feature that this build lacks.
    List<Problem> finish() {
        unavailable.forEach((feature, use) ->
                add(
                        use.first(),
                        Code.W24,
                        feature
                                + " is not available in this build: what needs it is denied"
                                + " as feature_unavailable"
                                + (use.count() == 1 ? "" : ", in " + use.count() + " places")));
        unavailable.clear();
        hideBehindPlaceholders();
        return first();
    }
}
