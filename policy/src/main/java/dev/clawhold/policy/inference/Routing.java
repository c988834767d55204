package dev.clawhold.policy.inference;

import java.util.List;

/// Where a call to `inference.local` goes.
public sealed interface Routing {

    /// To these, in the order in which they are tried.
    ///
    /// @param hops at least one
    record Routed(ApiProtocol protocol, Route route, List<Hop> hops) implements Routing {
        public Routed {
            hops = List.copyOf(hops);
        }

        public Hop first() {
            return hops.getFirst();
        }
    }

    /// A provider, and the model that it is asked for.
    record Hop(Route.Target target, Provider provider, String model) {}

    /// The router itself answers, as it does for lists of models.
    record Own(ApiProtocol protocol) implements Routing {}

    /// No protocol has this method and path.
    record EndpointNotSupported() implements Routing {}

    /// The call names no model, or one of more than 256 characters.
    record ModelMissing() implements Routing {}

    /// No route is for the model.
    ///
    /// @param model as an alias gives it
    record ModelNotAllowed(String model) implements Routing {}

    /// The model's route has no target that speaks the protocol.
    record NoCompatibleRoute(Route route, ApiProtocol protocol) implements Routing {}
}
