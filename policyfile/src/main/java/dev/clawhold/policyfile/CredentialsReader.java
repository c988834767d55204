package dev.clawhold.policyfile;

import dev.clawhold.policy.clause.CredentialUse;
import dev.clawhold.policy.clause.CredentialUse.Signing;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What an endpoint says about credentials. None can be put in place by this build, so each named
/// one is unknown.
record CredentialsReader(Problems problems) {
    private static final Map<String, Signing.Mode> MODES =
            Map.of(
                    "sigv4", Signing.Mode.SIGV4,
                    "sigv4:body", Signing.Mode.SIGV4_BODY,
                    "sigv4:no_body", Signing.Mode.SIGV4_NO_BODY);

    CredentialUse read(Section endpoint, ProtocolName protocol) {
        boolean silenced = endpoint.bool("allow_uninspected_credentials", false);
        var binding =
                endpoint.section("credential_binding", "`credential_binding`", List.of("provider"));
        var provider = binding.flatMap(this::binding);
        if (binding.isPresent() && !protocol.isInspected() && !silenced) {
            problems.add(
                    endpoint.place("credential_binding"),
                    Code.W16,
                    "no credential enters an opaque stream");
        }
        boolean bodies = endpoint.bool("request_body_credential_rewrite", false);
        boolean messages = endpoint.bool("websocket_credential_rewrite", false);
        if (bodies) {
            endpoint.exclude("request_body_credential_rewrite", "credential_signing");
        }
        return new CredentialUse(provider, bodies, messages, signing(endpoint));
    }

    private Optional<String> binding(Section binding) {
        binding.require("provider");
        var provider = binding.scalar("provider", "the name of a credential");
        provider.ifPresent(name ->
                problems.add(
                        name.place(),
                        Code.W16,
                        "no credential " + Quote.of(name.text()) + " is known"));
        return provider.map(Node.Scalar::text);
    }

    private Optional<Signing> signing(Section endpoint) {
        var mode = endpoint.choice("credential_signing", MODES);
        var service = endpoint.text("signing_service");
        var region = endpoint.text("signing_region");
        if (!endpoint.has("credential_signing")) {
            refuseAlone(endpoint, "signing_service");
            refuseAlone(endpoint, "signing_region");
            return Optional.empty();
        }
        if (!endpoint.has("signing_service")) {
            missing(endpoint, "signing_service is missing", "for example `signing_service: s3`");
        }
        if (!endpoint.has("signing_region") && !isAws(endpoint)) {
            missing(
                    endpoint,
                    "signing_region is missing",
                    "only hosts below `amazonaws.com` name their region");
        }
        return mode.filter(_ -> service.isPresent())
                .map(m -> new Signing(m, service.get(), region));
    }

    private void missing(Section endpoint, String message, String hint) {
        problems.add(endpoint.place("credential_signing"), Code.E06, message, hint);
    }

    private void refuseAlone(Section endpoint, String key) {
        if (endpoint.has(key)) {
            problems.add(
                    endpoint.place(key),
                    Code.W20,
                    key + " has no effect without `credential_signing`");
        }
    }

    private static boolean isAws(Section endpoint) {
        return endpoint.get("host")
                .filter(host ->
                        host instanceof Node.Scalar scalar
                                && scalar.text().endsWith(".amazonaws.com"))
                .isPresent();
    }
}
