package dev.clawhold.gateway;

import dev.clawhold.audit.Event;
import dev.clawhold.audit.Recorded;
import dev.clawhold.policy.EgressRequest;
import dev.clawhold.policy.host.IpAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One connection of a workload on its way out. Used by the relay's thread.
final class Tunnel {
    /// How far it is.
    enum Stage {
        /// The client's first bytes are awaited and looked at.
        PEEKING,
        /// The name is being resolved, elsewhere.
        RESOLVING,
        /// An address is being connected to.
        DIALLING,
        /// Bytes go both ways.
        RELAYING,
        CLOSED
    }

    private final Recorded<Event.Egress> decision;
    private final int client;
    private int upstream = -1;
    private Stage stage = Stage.PEEKING;
    private long deadline;
    private boolean spoken;
    private boolean named;
    private List<Upstream> candidates = List.of();
    private List<IpAddress> answers = List.of();
    private @Nullable Flow out;
    private @Nullable Flow back;

    Tunnel(Recorded<Event.Egress> decision, int client, long deadline) {
        this.decision = decision;
        this.client = client;
        this.deadline = deadline;
    }

    Recorded<Event.Egress> decision() {
        return decision;
    }

    EgressRequest request() {
        return decision.value().decision().request();
    }

    int client() {
        return client;
    }

    int upstream() {
        return upstream;
    }

    Stage stage() {
        return stage;
    }

    long deadline() {
        return deadline;
    }

    /// Whether the client has sent anything that HTTP or TLS could be answered with.
    boolean hasSpoken() {
        return spoken;
    }

    void speaks() {
        spoken = true;
    }

    /// Whether what the client sends may go out: its first bytes fit, or nobody has to look.
    boolean isNamed() {
        return named;
    }

    void named() {
        named = true;
    }

    void resolving() {
        stage = Stage.RESOLVING;
        deadline = Long.MAX_VALUE;
    }

    /// What may be dialled, the next first.
    List<Upstream> candidates() {
        return candidates;
    }

    void candidates(List<Upstream> next) {
        candidates = next;
    }

    /// The addresses that the policy has admitted; a change of the policy judges them again.
    List<IpAddress> answers() {
        return answers;
    }

    void answers(List<IpAddress> admitted) {
        answers = admitted;
    }

    void extendDeadline(long until) {
        deadline = until;
    }

    void dialling(int socket, long until) {
        stage = Stage.DIALLING;
        upstream = socket;
        deadline = until;
    }

    void relaying() {
        stage = Stage.RELAYING;
        deadline = Long.MAX_VALUE;
        out = new Flow(client, upstream);
        back = new Flow(upstream, client);
    }

    void dialFailed() {
        upstream = -1;
    }

    /// The directions in which bytes may go.
    List<Flow> flows() {
        if (out == null || back == null) {
            return List.of();
        }
        return named ? List.of(out, back) : List.of(back);
    }

    void closed() {
        stage = Stage.CLOSED;
        flows().forEach(Flow::release);
    }
}
