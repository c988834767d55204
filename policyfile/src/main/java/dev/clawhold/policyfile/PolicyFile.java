package dev.clawhold.policyfile;

import dev.clawhold.policy.Conditions;
import dev.clawhold.policy.Egress;
import dev.clawhold.policy.Policy;
import dev.clawhold.policy.confinement.Confinement;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Policy files: from text to a policy, with every problem at its place.
public final class PolicyFile {
    /// No file is longer, in bytes.
    public static final int LONGEST = 16 << 20;

    private static final List<String> KEYS =
            List.of(
                    "version",
                    "preset",
                    "extends",
                    "on_invalid",
                    "filesystem_policy",
                    "landlock",
                    "process",
                    "network_policies",
                    "egress",
                    "network_middlewares",
                    "inspect",
                    "inference");

    private PolicyFile() {}

    /// Reads a policy. Takes bounded time and memory for any input and never throws.
    ///
    /// @param fileName as problems should name it
    /// @param text UTF-8, with or without a byte order mark
    /// @param revision of the policy that this text would become
    public static Parsed parse(String fileName, byte[] text, long revision) {
        return parse(fileName, text, revision, Instant.MIN);
    }

    /// As above, and warns about rules that have expired at a moment.
    public static Parsed parse(String fileName, byte[] text, long revision, Instant now) {
        return parse(fileName, text, revision, now, Sources.presetsOnly());
    }

    /// As above, with other policies to extend than the presets.
    public static Parsed parse(
            String fileName, byte[] text, long revision, Instant now, Sources sources) {
        var problems = new Problems(fileName);
        var policy =
                tree(text, problems)
                        .map(root -> new Extending(sources, problems).resolve(root, text.length))
                        .flatMap(root -> root(root, problems))
                        .map(root -> policy(root, revision, now, problems));
        var told = problems.finish();
        return policy.isPresent() && !problems.hasErrors()
                ? new Parsed.Valid(policy.get(), told)
                : new Parsed.Invalid(told);
    }

    /// A text as the values that it holds, whatever they mean.
    ///
    /// @param root empty if the text cannot be read at all
    /// @param problems those of the text alone; empty if it is sound
    public record Tree(Optional<Node> root, List<Problem> problems) {
        public Tree {
            problems = List.copyOf(problems);
        }
    }

    /// Reads a text without asking what it means. As bounded as `parse`, and never throws.
    ///
    /// @param fileName as problems should name it
    public static Tree tree(String fileName, byte[] text) {
        var problems = new Problems(fileName);
        var root = tree(text, problems);
        return new Tree(root, problems.first());
    }

    /// The policies that a text extends, as far as they can be read, each as its file says it.
    ///
    /// @param fileName as relative paths take it
    public static List<Node.Fields> extended(String fileName, byte[] text, Sources sources) {
        var problems = new Problems(fileName);
        return tree(text, problems)
                .map(root -> new Extending(sources, problems).inherited(root))
                .orElse(List.of());
    }

    static Optional<Node> tree(byte[] text, Problems problems) {
        return decode(text, problems).flatMap(t -> YamlReader.read(t, problems));
    }

    /// What forbids that a valid text replaces the policy of a running sandbox: one problem for
    /// each part of the static part that differs, at the key that says so; none where all is equal.
    ///
    /// @param text the one that `candidate` was parsed from
    /// @param inForce the static part that the sandbox was started with
    public static List<Problem> staticChanges(
            String fileName, byte[] text, Policy candidate, Confinement inForce) {
        var problems = new Problems(fileName);
        new StaticChanges(tree(text, problems), problems).tell(inForce, candidate.confinement());
        return problems.first();
    }

    private static Optional<String> decode(byte[] text, Problems problems) {
        if (text.length > LONGEST) {
            problems.add(Place.START, Code.E18, "the file is longer than 16 MiB");
            return Optional.empty();
        }
        try {
            var decoded = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(text));
            return Optional.of(withoutMark(decoded.toString()));
        } catch (CharacterCodingException _) {
            problems.add(badByte(text), Code.E01, "not UTF-8: save the file in that encoding");
            return Optional.empty();
        }
    }

    private static String withoutMark(String text) {
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    private static Place badByte(byte[] text) {
        var in = ByteBuffer.wrap(text);
        var out = CharBuffer.allocate(text.length);
        StandardCharsets.UTF_8.newDecoder().decode(in, out, true);
        // A carriage return alone ends a line too (YAML 1.2 § 5.4).
        var lines = out.flip().toString().split("\r\n|[\n\r]", -1);
        var last = lines[lines.length - 1];
        return new Place(lines.length, last.codePointCount(0, last.length()) + 1);
    }

    private static Optional<Section> root(Node root, Problems problems) {
        if (root instanceof Node.Scalar scalar && scalar.isNull()) {
            problems.add(Place.START, Code.E01, "the file is empty", "add `version: 1`");
            return Optional.empty();
        }
        return Section.of(root, "a policy", "a policy", problems, KEYS);
    }

    private static Policy policy(Section root, long revision, Instant now, Problems problems) {
        new HeaderReader(root, problems).check();
        var inference = new InferenceReader(problems).read(root.get("inference"));
        boolean denyAll =
                root.choice("on_invalid", Map.of("keep", false, "deny_all", true)).orElse(false);
        var files = new FilesReader(root, problems).read();
        var process = new ProcessReader(root, problems);
        var secrets = RuleReader.secrets(root, problems).orElse(Conditions.Secrets.DENY);
        var rules = new RulesReader(problems, files, inference, secrets, now).read(root);
        var middlewares =
                new MiddlewareReader(problems, rules).read(root.get("network_middlewares"));
        return new Policy(
                revision,
                new Confinement(files, process.identity(), process.limits()),
                new Egress(rules, middlewares, inference, denyAll));
    }
}
