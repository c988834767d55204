package dev.clawhold.policy.reach;

import dev.clawhold.policy.Conditions;
import dev.clawhold.policy.HttpRules.Part;
import dev.clawhold.policy.Rule;
import dev.clawhold.policy.clause.CredentialUse;
import dev.clawhold.policy.clause.GraphQlSettings;
import dev.clawhold.policy.clause.McpSettings;
import dev.clawhold.policy.clause.Protocol;
import dev.clawhold.policy.limit.Rate;
import dev.clawhold.policy.limit.RuleLimits;
import dev.clawhold.policy.reach.Probe.Content;
import dev.clawhold.policy.reach.Ruling.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The conditions of what endpoints let through, in words: equal texts mean equal conditions.
///
/// @param deciding those that allow it
/// @param nearest those that govern how it is read
record ConditionText(List<Part> deciding, List<Part> nearest, List<String> middlewares) {

    /// In a fixed order; the caller may add to it.
    List<String> of(Verdict verdict, Content content) {
        var texts = new ArrayList<String>();
        texts.addAll(limits(deciding.stream().map(Part::rule).toList()));
        if (verdict == Verdict.ASK) {
            texts.add(timeout(deciding.getFirst().rule()));
        }
        var secrets =
                nearest.stream()
                        .map(part -> part.rule().conditions().secrets())
                        .min(Comparator.naturalOrder())
                        .orElse(Conditions.Secrets.DENY);
        if (secrets != Conditions.Secrets.DENY) {
            texts.add("secrets " + secrets.name().toLowerCase(Locale.ROOT));
        }
        texts.addAll(credentials());
        if (nearest.stream().anyMatch(part -> part.inspection().metered())) {
            texts.add("metered");
        }
        texts.addAll(middlewares);
        if (!(content instanceof Content.Plain)) {
            texts.addAll(reading());
        }
        return texts;
    }

    /// Nothing where one of the rules has none, as that one then allows without end.
    static List<String> limits(List<Rule> rules) {
        return rules.stream().anyMatch(rule -> !rule.isLimited())
                ? List.of()
                : rules.stream()
                        .map(rule -> text(rule.conditions().limits()))
                        .distinct()
                        .sorted()
                        .toList();
    }

    static String timeout(Rule rule) {
        return "answer within " + rule.conditions().askTimeout().toSeconds() + "s";
    }

    private static String text(RuleLimits limits) {
        return Stream.of(
                        limits.requests().map(rate -> "requests " + text(rate)).stream(),
                        limits.bytes().map(rate -> "bytes " + text(rate)).stream(),
                        limits.upload().map(rate -> "upload " + text(rate)).stream(),
                        limits.download().map(rate -> "download " + text(rate)).stream(),
                        limits.connections().stream().mapToObj(n -> "connections " + n))
                .flatMap(text -> text)
                .collect(Collectors.joining(", "));
    }

    private static String text(Rate rate) {
        return rate.amount() + "/" + rate.period().name().toLowerCase(Locale.ROOT);
    }

    /// What is put in place, as far as all endpoints that govern do.
    private List<String> credentials() {
        var uses = nearest.stream().map(p -> p.inspection().credential()).toList();
        var first = uses.getFirst();
        var use =
                new CredentialUse(
                        first.provider(),
                        uses.stream().allMatch(CredentialUse::inBodies),
                        uses.stream().allMatch(CredentialUse::inMessages),
                        first.signing());
        return use.equals(CredentialUse.NONE) ? List.of() : List.of(text(use));
    }

    private static String text(CredentialUse use) {
        return Stream.of(
                        Stream.of("credential " + use.provider().orElse("none")),
                        Stream.of("in bodies").filter(_ -> use.inBodies()),
                        Stream.of("in messages").filter(_ -> use.inMessages()),
                        use.signing().stream()
                                .map(signing ->
                                        "signed "
                                                + signing.mode().name().toLowerCase(Locale.ROOT)
                                                + " for "
                                                + signing.service()
                                                + signing.region().map(r -> " in " + r).orElse("")))
                .flatMap(text -> text)
                .collect(Collectors.joining(" "));
    }

    /// How bodies are read, where the strictest endpoint holds.
    private List<String> reading() {
        return nearest.stream()
                .flatMap(part ->
                        switch (part.inspection().protocol()) {
                            case Protocol.Rest _ -> Stream.<String>empty();
                            case Protocol.WebSocket(_, _, var settings) ->
                                    Stream.of(
                                            most(settings.mostBytes()),
                                            registered(settings.registered()));
                            case Protocol.GraphQl(_, var settings) ->
                                    Stream.of(
                                            most(settings.mostBytes()),
                                            registered(settings.registered()));
                            case Protocol.JsonRpc(_, int mostBytes) -> Stream.of(most(mostBytes));
                            case Protocol.Mcp(_, var settings) -> mcp(settings);
                        })
                .filter(text -> !text.isEmpty())
                .distinct()
                .sorted()
                .toList();
    }

    private static Stream<String> mcp(McpSettings settings) {
        return Stream.of(
                most(settings.mostBytes()),
                settings.strictNames() ? "" : "any tool names",
                settings.versions().stream().sorted().toList().equals(McpSettings.VERSIONS)
                        ? ""
                        : "versions "
                                + String.join(" ", settings.versions().stream().sorted().toList()),
                settings.toolPins().isEmpty() ? "" : "pins " + new TreeMap<>(settings.toolPins()));
    }

    private static String most(int bytes) {
        return bytes == 65_536 ? "" : "bodies up to " + bytes + " bytes";
    }

    private static String registered(Map<String, GraphQlSettings.Persisted> queries) {
        var texts = new TreeMap<String, String>();
        queries.forEach((id, query) ->
                texts.put(
                        id,
                        query.type()
                                + " "
                                + query.name().orElse("")
                                + new TreeSet<>(query.fields())));
        return texts.isEmpty() ? "" : "registered queries " + texts;
    }
}
