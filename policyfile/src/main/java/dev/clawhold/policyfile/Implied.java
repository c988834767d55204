package dev.clawhold.policyfile;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What a whole policy says by leaving a key out, where adding the key would change what it says.
record Implied(Differences differences) {
    private static final String FILES = "filesystem_policy";
    private static final String WORKDIR = "include_workdir";

    /// The keys of the added policy that are dealt with.
    Set<String> check(Node.Fields base, Node.Fields add) {
        var done = new HashSet<String>();
        if (secrets(base, add)) {
            done.add("inspect");
        }
        if (workdir(base, add)) {
            done.add(FILES);
        }
        return done;
    }

    /// Without a word all secrets are looked for, also by the rules of the base.
    private boolean secrets(Node.Fields base, Node.Fields add) {
        if (base.get("inspect").isPresent()
                || !(add.get("inspect").orElse(add) instanceof Node.Fields map)) {
            return false;
        }
        var value = map.get("secrets").map(EndpointContent::text).orElse("deny");
        return !value.equals("deny")
                && !differences.conflict(
                        base.place(),
                        "secrets is `deny`, the default, in "
                                + base.place().fileAndLine()
                                + " and "
                                + Quote.of(value)
                                + " in "
                                + map.place().fileAndLine());
    }

    /// Without the block the working directory is writable, with it only where it says so.
    private boolean workdir(Node.Fields base, Node.Fields add) {
        if (base.get(FILES).isPresent()
                || add.get(FILES).isEmpty()
                || !(add.get(FILES).orElse(add) instanceof Node.Fields map)) {
            return false;
        }
        var value = map.get(WORKDIR).map(EndpointContent::text).orElse("false");
        if (value.equals("true")
                || differences.conflict(
                        base.place(),
                        "include_workdir is `true`, the default without the block, in "
                                + base.place().fileAndLine()
                                + " and `false` in "
                                + map.place().fileAndLine())) {
            return false;
        }
        putWithWorkdir(add, map);
        return true;
    }

    private void putWithWorkdir(Node.Fields add, Node.Fields map) {
        var place = map.place();
        var fields = new ArrayList<Node.Field>();
        fields.add(
                new Node.Field(
                        new Node.Scalar(WORKDIR, true, place),
                        new Node.Scalar("true", true, place)));
        map.fields().stream().filter(f -> !f.key().text().equals(WORKDIR)).forEach(fields::add);
        var key = Merging.field(add, FILES).orElseThrow().key();
        differences.put(List.of(), key, Node.Fields.of(fields, place), List.of());
    }
}
