package dev.clawhold.policy;

import dev.clawhold.policy.confinement.Confinement;
import dev.clawhold.policy.host.Host;
import dev.clawhold.policy.host.IpAddress;
import dev.clawhold.policy.host.SpecialHosts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// An immutable set of rules. A reload makes a new one; nothing edits an old one. All methods are
/// pure and may be called from every thread.
public final class Policy {
    private final long revision;
    private final Confinement confinement;
    private final Egress egress;
    private final boolean blocked;
    private final Map<RuleId, Rule> rules;
    private final EndpointIndex connections;
    private final EndpointIndex deniedAddresses;

    /// A policy that lets nothing out.
    public Policy(long revision, Confinement confinement) {
        this(revision, confinement, Egress.NONE);
    }

    public Policy(long revision, Confinement confinement, Egress egress) {
        this(revision, confinement, egress, false);
    }

    private Policy(long revision, Confinement confinement, Egress egress, boolean blocked) {
        this.revision = revision;
        this.confinement = confinement;
        this.egress = egress;
        this.blocked = blocked;
        this.rules = new HashMap<>();
        egress.rules().forEach(rule -> rules.put(rule.id(), rule));
        var compiled = compile(egress.rules());
        connections = index(compiled, egress.inference().isPresent(), c -> !c.deniesAddresses());
        deniedAddresses =
                index(compiled, egress.inference().isPresent(), Candidate::deniesAddresses);
    }

    private static List<Candidate> compile(List<Rule> rules) {
        var candidates = new ArrayList<Candidate>();
        for (var rule : rules) {
            for (var endpoint : rule.endpoints()) {
                candidates.add(Candidate.of(rule, endpoint, candidates.size()));
            }
        }
        return candidates;
    }

    private static EndpointIndex index(
            List<Candidate> all, boolean metered, Predicate<Candidate> which) {
        return new EndpointIndex(all.stream().filter(which).toList(), metered);
    }

    /// What holds when no policy is given: nothing goes out, the usual system is readable, the
    /// working directory and a private `/tmp` are writable.
    public static Policy builtIn() {
        return new Policy(0, Confinement.BUILT_IN);
    }

    /// A policy that denies everything because its file is not valid, for want of a better one.
    public static Policy blockAll(long revision) {
        return new Policy(0, Confinement.BUILT_IN).blocked(revision);
    }

    /// The same static part, with every connection denied as `policy_invalid`.
    public Policy blocked(long newRevision) {
        return new Policy(newRevision, confinement, egress, true);
    }

    /// The same policy whose exact program paths also match what they resolve to.
    ///
    /// @param resolve a path to the file it stands for inside the sandbox
    public Policy withResolvedPrograms(UnaryOperator<String> resolve) {
        var resolved =
                egress.rules().stream()
                        .map(rule -> rule.withPrograms(rule.programs().resolved(resolve)))
                        .toList();
        return new Policy(revision, confinement, egress.withRules(resolved), blocked);
    }

    /// The program paths that the rules name exactly.
    public Set<String> exactPrograms() {
        return egress.rules().stream()
                .flatMap(rule -> rule.programs().exactPaths())
                .collect(Collectors.toUnmodifiableSet());
    }

    public long revision() {
        return revision;
    }

    /// The static part.
    public Confinement confinement() {
        return confinement;
    }

    /// The dynamic part.
    public Egress egress() {
        return egress;
    }

    /// Whether an invalid successor of this policy cuts everything off.
    public boolean onInvalidDeniesAll() {
        return egress.invalidDeniesAll();
    }

    public Optional<Rule> rule(RuleId id) {
        return Optional.ofNullable(rules.get(id));
    }

    /// The line in its file where a rule begins.
    public OptionalInt line(RuleId id) {
        var rule = rules.get(id);
        return rule == null || rule.line() == 0 ? OptionalInt.empty() : OptionalInt.of(rule.line());
    }

    /// As below, with nothing approved and nothing used up.
    public Verdict decide(EgressRequest request, Instant now) {
        return decide(request, Circumstances.at(now));
    }

    /// The verdict about a connection before its name is resolved: the strictest endpoint that fits
    /// host, port, program and time decides, among equals the first in the file; without one, deny.
    /// An allow by a rule without limits allocates nothing.
    public Verdict decide(EgressRequest request, Circumstances circumstances) {
        if (blocked) {
            return Denials.POLICY_INVALID;
        }
        return switch (SpecialHosts.kind(request.host())) {
            case NEVER -> Denials.ADDRESS_NEVER;
            case INFERENCE ->
                    egress.inference().isPresent()
                            ? Denials.FEATURE_UNAVAILABLE
                            : Denials.INFERENCE_NOT_CONFIGURED;
            case HOST_LOOPBACK, ORDINARY -> decideByRules(request, circumstances);
        };
    }

    private Verdict decideByRules(EgressRequest request, Circumstances circumstances) {
        var strictest = connections.strictest(request, circumstances.now());
        return switch (strictest.rank()) {
            case DENY -> strictest.verdict();
            case ALLOW ->
                    egress.throughMiddlewares(request.host(), strictest.rule().id())
                            .orElse(strictest.verdict());
            case ASK, INSPECT, ALLOW_LIMITED ->
                    new Fitting(
                                    egress,
                                    connections.allowing(request, circumstances.now()),
                                    request,
                                    circumstances)
                            .verdict();
            case NONE -> decideWithoutRule(request, circumstances);
        };
    }

    private Verdict decideWithoutRule(EgressRequest request, Circumstances circumstances) {
        if (circumstances.approvals().covers(request)) {
            return Denials.approved(request);
        }
        return rules.isEmpty()
                ? Denials.NO_POLICY
                : Denials.notListed(
                        connections.naming(request.host()), request, circumstances.now());
    }

    /// As below, with nothing approved and nothing used up.
    public Verdict admit(EgressRequest request, List<IpAddress> answers, Instant now) {
        return admit(request, answers, Circumstances.at(now));
    }

    /// The verdict about the addresses that an allowed or inspected connection's name resolved to;
    /// a literal is its own answer. Only an allow and an inspect may be dialled, and only at
    /// exactly these addresses. Without answers: `dns_failed`. The host's loopback, under its
    /// names, is at no other address.
    public Verdict admit(
            EgressRequest request, List<IpAddress> answers, Circumstances circumstances) {
        var verdict = decide(request, circumstances);
        return switch (verdict) {
            case Verdict.Ask _, Verdict.Deny _ -> verdict;
            case Verdict.Allow _, Verdict.Inspect _ ->
                    new Admission(egress, connections, deniedAddresses, request, circumstances)
                            .admit(answers, verdict);
        };
    }

    /// Whether the host is a name for the loopback of the machine that holds the sandbox, so that
    /// an allowed connection is dialled there and nothing is resolved.
    public boolean dialsHostLoopback(EgressRequest request) {
        return SpecialHosts.kind(request.host()) == SpecialHosts.Kind.HOST_LOOPBACK;
    }

    /// Whether the first bytes of an allowed connection have to name the host it was allowed for;
    /// not so where every endpoint that fits says `tls: skip`.
    public boolean testsName(EgressRequest request, Instant now) {
        return connections.naming(request.host()).stream()
                .filter(c -> c.fits(request, now))
                .map(Candidate::endpoint)
                .anyMatch(e -> !(e instanceof Endpoint.Opaque(_, boolean tests)) || tests);
    }

    /// The verdict with every endpoint that took part in it, and why the others did not. A
    /// literal's address is judged too.
    public Explanation explain(EgressRequest request, Instant now) {
        var verdict =
                request.host() instanceof Host.Address(var address)
                        ? admit(request, List.of(address), now)
                        : decide(request, now);
        return Explanation.of(
                verdict,
                Stream.of(
                                connections.naming(request.host()),
                                deniedAddresses.naming(request.host()),
                                connections.catchAlls(request.host()))
                        .flatMap(List::stream)
                        .sorted(Comparator.comparingInt(Candidate::order))
                        .toList(),
                request,
                now);
    }

    /// One or two sentences that tell an agent how to go on after a denial: what was meant, which
    /// rule an operator would edit, and the rule's own note.
    public String hint(EgressRequest request, Reason reason) {
        return new Hint(egress, connections.naming(request.host()), request).of(reason);
    }
}
