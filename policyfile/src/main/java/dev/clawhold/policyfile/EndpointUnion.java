package dev.clawhold.policyfile;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Unites two endpoints of one identity: their clauses join; what else they say must be equal.
///
/// @param path of the endpoint that is added to
/// @param origin of the endpoint that is added
record EndpointUnion(Differences differences, List<String> path, List<String> origin) {

    void unite(Node.Fields mine, Node.Fields theirs) {
        var others = Node.Fields.of(EndpointContent.others(mine), mine.place());
        var added = Node.Fields.of(EndpointContent.others(theirs), theirs.place());
        for (var field : added.fields()) {
            differences.field(path, origin, others, field, Defaults.ENDPOINT, "");
        }
        differences.onlyInBase(path, others, added, Defaults.ENDPOINT, "");
        if (EndpointContent.isInspected(mine)) {
            allowed(mine, theirs);
            clauses("ask_rules", mine, theirs);
            clauses("deny_rules", mine, theirs);
        }
    }

    private void allowed(Node.Fields mine, Node.Fields theirs) {
        var level = EndpointContent.value(mine, "access");
        var other = EndpointContent.value(theirs, "access");
        if (other.isEmpty()) {
            var more = RuleContent.items(theirs, "rules");
            if (level.isEmpty()) {
                append("rules", EndpointContent.clauses(mine, "rules"), mine, theirs, true);
            } else {
                expand(mine, level, more);
            }
        } else if (level.isEmpty()) {
            made(mine, AccessPreset.clauses(EndpointContent.protocol(mine), other, mine.place()));
        } else if (AccessPreset.rank(other) > AccessPreset.rank(level)) {
            var wider = new Node.Scalar(other, true, mine.place());
            differences.replace(Layers.under(path, "access"), "access", wider);
        }
    }

    /// Puts clauses in the place of `access` where it does not hold them already.
    private void expand(Node.Fields mine, String level, List<Node> more) {
        var rules =
                new ArrayList<>(
                        AccessPreset.clauses(EndpointContent.protocol(mine), level, mine.place()));
        var here = shapes(rules);
        int before = rules.size();
        for (var item : more) {
            if (!EndpointContent.isCovered(here, item)) {
                here.add(EndpointContent.clauseShape(item));
                rules.add(item);
            }
        }
        if (rules.size() > before) {
            differences.replace(
                    Layers.under(path, "access"), "rules", Node.Items.of(rules, mine.place()));
        }
    }

    private static Set<String> shapes(List<Node> rules) {
        var shapes = new HashSet<String>();
        rules.forEach(rule -> shapes.add(EndpointContent.clauseShape(rule)));
        return shapes;
    }

    private void made(Node.Fields mine, List<Node> rules) {
        var here = EndpointContent.clauses(mine, "rules");
        var missing =
                rules.stream().filter(rule -> !EndpointContent.isCovered(here, rule)).toList();
        if (mine.get("rules").isPresent()) {
            var list = Layers.under(path, "rules");
            missing.forEach(rule -> differences.append(list, rule, List.of()));
        } else if (!missing.isEmpty()) {
            var key = new Node.Scalar("rules", true, mine.place());
            differences.put(path, key, Node.Items.of(missing, mine.place()), List.of());
        }
    }

    private void clauses(String key, Node.Fields mine, Node.Fields theirs) {
        append(key, EndpointContent.clauses(mine, key), mine, theirs, false);
    }

    private void append(
            String key, Set<String> here, Node.Fields mine, Node.Fields theirs, boolean allow) {
        if (mine.get(key).isEmpty()) {
            Merging.field(theirs, key)
                    .ifPresent(f ->
                            differences.put(path, f.key(), f.value(), Layers.under(origin, key)));
            return;
        }
        var items = RuleContent.items(theirs, key);
        for (int i = 0; i < items.size(); i++) {
            var item = items.get(i);
            boolean known = allow && EndpointContent.isCovered(here, item);
            if (!known && here.add(EndpointContent.clauseShape(item))) {
                var from = Layers.under(Layers.under(origin, key), Integer.toString(i));
                differences.append(Layers.under(path, key), item, from);
            }
        }
    }
}
