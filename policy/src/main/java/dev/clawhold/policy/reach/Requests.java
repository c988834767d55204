package dev.clawhold.policy.reach;

import dev.clawhold.policy.HttpRules.Part;
import dev.clawhold.policy.clause.HttpClause;
import dev.clawhold.policy.glob.Glob;
import dev.clawhold.policy.glob.Language;
import dev.clawhold.policy.reach.Probe.Content;
import dev.clawhold.policy.reach.Probe.Transport;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/// Compares what two policies say about the requests on one connection: every request that either
/// can tell from others, once.
final class Requests {
    /// Stands for every method that nobody names.
    static final String OTHER_METHOD = "other methods";

    private static final List<String> METHODS =
            List.of("DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT");

    /// Requests about which both policies say one thing each.
    ///
    /// @param what methods, or what bodies say
    /// @param paths where
    /// @param queries examples where only some queries are meant
    record Group(
            List<String> what, Shape paths, List<String> queries, Ruling before, Ruling after) {}

    /// What a request is called, and how it is asked about.
    private record Form(String label, Transport transport, String method, Content content) {}

    private record Key(String label, Ruling before, Ruling after) {}

    private record Where(BitSet queries, Ruling before, Ruling after, BitSet paths) {}

    private final Judge before;
    private final Judge after;
    private final PatternAtoms paths;
    private final BitSet asked;
    private final List<Map<String, List<String>>> queries;
    private final List<Form> forms;

    /// @param among only on these paths, where given
    Requests(Judge before, Judge after, Optional<Language> among) {
        this.before = before;
        this.after = after;
        var vocabulary =
                new Vocabulary(
                        Stream.concat(before.parts().stream(), after.parts().stream()).toList());
        paths = paths(vocabulary, among);
        asked = among.isPresent() ? paths.named(AMONG) : paths.all();
        var contents = new Contents(vocabulary);
        queries = contents.queries();
        forms = forms(vocabulary, contents);
    }

    private static final String AMONG = PatternAtoms.HIDDEN + "among";

    private static PatternAtoms paths(Vocabulary vocabulary, Optional<Language> among) {
        var globs =
                Stream.concat(
                                vocabulary.parts().stream()
                                        .flatMap(part -> part.inspection().path().stream()),
                                vocabulary.http().map(HttpClause::path))
                        .distinct()
                        .toList();
        Map<String, Language> sets = new LinkedHashMap<>();
        globs.forEach(glob -> sets.computeIfAbsent(name(glob), _ -> Language.of(glob)));
        if (vocabulary.takesEncodedSlashes()) {
            for (var pattern : List.of("/**/*%2F*", "/**/*%2F*/**", "/**/*%5C*", "/**/*%5C*/**")) {
                sets.put(pattern, language(pattern));
            }
        }
        among.ifPresent(set -> sets.put(AMONG, set));
        return new PatternAtoms(Glob.Kind.PATH, sets, "/**");
    }

    /// Two spellings of all paths are one.
    private static String name(Glob glob) {
        return glob.toString().equals("**") ? "/**" : glob.toString();
    }

    private static Language language(String pattern) {
        return switch (Glob.read(Glob.Kind.PATH, pattern)) {
            case Glob.Read.Good(var glob, _) -> Language.of(glob);
            case Glob.Read.Bad(var message) -> throw new IllegalArgumentException(message);
        };
    }

    private static List<Form> forms(Vocabulary vocabulary, Contents contents) {
        var methods = new TreeSet<>(METHODS);
        vocabulary.http().flatMap(c -> c.method().stream()).forEach(methods::add);
        methods.remove(HttpClause.WEBSOCKET_TEXT);
        methods.add(OTHER_METHOD);
        var forms = new ArrayList<Form>();
        methods.forEach(m -> forms.add(new Form(m, Transport.REQUEST, m, Probe.PLAIN)));
        if (vocabulary.speaks("websocket")) {
            forms.add(new Form("GET upgrade", Transport.UPGRADE, "GET", Probe.PLAIN));
            forms.add(new Form(HttpClause.WEBSOCKET_TEXT, Transport.TEXT, "GET", Probe.PLAIN));
        }
        if (vocabulary.operations().findAny().isPresent() || vocabulary.speaks("graphql")) {
            for (var operation : contents.operations()) {
                var content = operation.value();
                var label = operation.label();
                forms.add(new Form(label, Transport.REQUEST, "POST", content));
                forms.add(new Form(label + " by GET", Transport.REQUEST, "GET", content));
                if (vocabulary.speaks("websocket")) {
                    forms.add(new Form(label + " message", Transport.TEXT, "GET", content));
                }
            }
        }
        if (vocabulary.speaks("json-rpc", "mcp")) {
            contents.calls()
                    .forEach(c ->
                            forms.add(new Form(c.label(), Transport.REQUEST, "POST", c.value())));
        }
        return forms;
    }

    /// The requests about which the policies say something different.
    List<Group> groups() {
        Map<Key, Map<Integer, BitSet>> queriesByPath = new LinkedHashMap<>();
        for (var form : forms) {
            asked.stream()
                    .forEach(path -> {
                        for (int q = 0; q < queries.size(); q++) {
                            var probe =
                                    new Probe(
                                            form.transport(),
                                            form.method(),
                                            paths.witness(path),
                                            queries.get(q),
                                            form.content());
                            var one = before.rule(probe);
                            var other = after.rule(probe);
                            if (!one.saysTheSameAs(other)) {
                                queriesByPath
                                        .computeIfAbsent(
                                                new Key(form.label(), one, other),
                                                _ -> new LinkedHashMap<>())
                                        .computeIfAbsent(path, _ -> new BitSet())
                                        .set(q);
                            }
                        }
                    });
        }
        return merged(queriesByPath);
    }

    private List<Group> merged(Map<Key, Map<Integer, BitSet>> found) {
        Map<Where, TreeSet<String>> labels = new LinkedHashMap<>();
        found.forEach((key, byPath) -> {
            Map<BitSet, BitSet> pathsByQueries = new LinkedHashMap<>();
            byPath.forEach((path, some) ->
                    pathsByQueries.computeIfAbsent(some, _ -> new BitSet()).set(path));
            pathsByQueries.forEach((some, on) ->
                    labels.computeIfAbsent(
                                    new Where(some, key.before(), key.after(), on),
                                    _ -> new TreeSet<>())
                            .add(key.label()));
        });
        var groups = new ArrayList<Group>();
        labels.forEach((where, what) -> groups.add(group(where, what)));
        return groups;
    }

    private Group group(Where where, Set<String> what) {
        var some = where.queries().cardinality() == queries.size() ? new BitSet() : where.queries();
        return new Group(
                told(what),
                paths.atoms().shape(where.paths()),
                some.stream().mapToObj(q -> text(queries.get(q))).toList(),
                where.before(),
                where.after());
    }

    private List<String> told(Set<String> what) {
        var methods =
                forms.stream()
                        .filter(f ->
                                f.transport() == Transport.REQUEST
                                        && f.content() instanceof Content.Plain)
                        .map(Form::label)
                        .filter(m -> !m.equals("CONNECT") && !m.equals("TRACE"))
                        .toList();
        var told = new TreeSet<>(what);
        if (told.containsAll(methods)) {
            methods.forEach(told::remove);
            told.add("*");
        } else if (told.contains("GET")) {
            told.remove("HEAD"); // a clause about the one is about the other
        }
        return List.copyOf(told);
    }

    private static String text(Map<String, List<String>> query) {
        var pairs =
                query.entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .flatMap(e -> e.getValue().stream().map(v -> e.getKey() + "=" + v))
                        .toList();
        return "?" + String.join("&", pairs);
    }

    /// The endpoints of nobody: nothing is listed.
    static Judge nobody() {
        return new Judge(List.<Part>of(), List.of(), false);
    }
}
