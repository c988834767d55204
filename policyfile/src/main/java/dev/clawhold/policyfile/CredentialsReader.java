package dev.clawhold.policyfile;

import java.util.List;
import java.util.Map;

/// What an endpoint says about credentials. None can be put in place by this build, so each named
/// one is unknown.
record CredentialsReader(Problems problems) {

    void check(Section endpoint, Protocol protocol) {
        boolean silenced = endpoint.bool("allow_uninspected_credentials", false);
        var binding =
                endpoint.section("credential_binding", "`credential_binding`", List.of("provider"));
        binding.ifPresent(this::binding);
        if (binding.isPresent() && !protocol.isInspected() && !silenced) {
            problems.add(
                    endpoint.place("credential_binding"),
                    Code.W16,
                    "no credential enters an opaque stream");
        }
        boolean rewrites = endpoint.bool("request_body_credential_rewrite", false);
        endpoint.bool("websocket_credential_rewrite");
        endpoint.choice(
                "credential_signing", Map.of("sigv4", 0, "sigv4:body", 1, "sigv4:no_body", 2));
        endpoint.text("signing_service");
        endpoint.text("signing_region");
        if (endpoint.has("credential_signing") && !endpoint.has("signing_service")) {
            problems.add(
                    endpoint.place("credential_signing"), Code.E06, "signing_service is missing");
        }
        if (rewrites && endpoint.has("credential_signing")) {
            endpoint.exclude("request_body_credential_rewrite", "credential_signing");
        }
    }

    private void binding(Section binding) {
        if (!binding.has("provider")) {
            problems.add(binding.place(), Code.E06, "provider is missing");
        }
        binding.scalar("provider", "the name of a credential")
                .ifPresent(name ->
                        problems.add(
                                name.place(),
                                Code.W16,
                                "no credential " + Quote.of(name.text()) + " is known"));
    }
}
