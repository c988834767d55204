package dev.clawhold.policyfile;

import dev.clawhold.policy.host.AddressClass;
import dev.clawhold.policy.host.Host;
import dev.clawhold.policy.host.SpecialHosts;
import dev.clawhold.policy.inference.ApiProtocol;
import dev.clawhold.policy.inference.Provider;
import dev.clawhold.policy.inference.ProviderKind;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// `inference.providers`.
record ProvidersReader(Problems problems) {
    private static final List<String> KEYS =
            List.of(
                    "kind",
                    "credential",
                    "base_url",
                    "region",
                    "protocols",
                    "include_usage",
                    "capture");
    private static final Map<String, ProviderKind> KINDS =
            Stream.of(ProviderKind.values())
                    .collect(Collectors.toUnmodifiableMap(ProviderKind::text, kind -> kind));
    private static final Map<String, ApiProtocol> PROTOCOLS =
            Stream.of(ApiProtocol.values())
                    .collect(Collectors.toUnmodifiableMap(ApiProtocol::text, p -> p));

    /// By name, in file order.
    Map<String, Provider> read(List<Node.Field> fields) {
        var providers = new LinkedHashMap<String, Provider>();
        for (var field : fields) {
            var name = field.key().text();
            Section.of(field.value(), "a provider", "a provider", problems, KEYS)
                    .flatMap(section -> read(name, section))
                    .ifPresent(provider -> providers.put(name, provider));
        }
        return providers;
    }

    private Optional<Provider> read(String name, Section section) {
        section.require("kind");
        var kind = section.choice("kind", KINDS);
        var credential = section.text("credential");
        var baseUrl = section.scalar("base_url", "an address such as `https://a.test/v1`");
        baseUrl.ifPresent(this::checkUrl);
        var region = section.text("region");
        var protocols = protocols(section);
        boolean includeUsage = section.bool("include_usage", true);
        boolean capture = section.bool("capture", false);
        if (kind.isEmpty()) {
            return Optional.empty();
        }
        checkAddress(section, kind.get());
        return Optional.of(
                new Provider(
                        name,
                        kind.get(),
                        credential,
                        baseUrl.map(Node.Scalar::text).filter(text -> url(text).isPresent()),
                        region,
                        protocols.orElse(kind.get().protocols()),
                        includeUsage,
                        capture));
    }

    private static Optional<Set<ApiProtocol>> protocols(Section section) {
        if (!section.has("protocols")) {
            return Optional.empty();
        }
        section.refuseEmpty("protocols", "nothing could be asked");
        var protocols = EnumSet.noneOf(ApiProtocol.class);
        for (var text : section.texts("protocols")) {
            Optional.ofNullable(PROTOCOLS.get(text.text()))
                    .ifPresentOrElse(
                            protocols::add,
                            () ->
                                    section.notOneOf(
                                            text,
                                            "an item of protocols",
                                            PROTOCOLS.keySet().stream().sorted().toList()));
        }
        return Optional.of(protocols);
    }

    /// What has no address of its own kind must say one.
    private void checkAddress(Section section, ProviderKind kind) {
        if (kind == ProviderKind.OPENAI_COMPATIBLE) {
            section.require("base_url");
        }
        if (kind == ProviderKind.AWS_BEDROCK && !section.has("base_url")) {
            section.require("region");
        }
    }

    private void checkUrl(Node.Scalar scalar) {
        var host = url(scalar.text()).flatMap(uri -> Host.of(uri.getHost()));
        if (host.isEmpty()) {
            problems.add(
                    scalar.place(),
                    Code.E05,
                    "base_url cannot be " + Quote.of(scalar.text()),
                    "write for example `https://a.test/v1`");
        } else if (isForbidden(host.get())) {
            problems.add(
                    scalar.place(),
                    Code.E14,
                    "base_url " + Quote.of(scalar.text()) + " is never reachable");
        }
    }

    /// `http` or `https`, a host, perhaps a port and a path, and nothing else.
    private static Optional<URI> url(String text) {
        try {
            var uri = new URI(text);
            boolean good =
                    ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))
                            && uri.getHost() != null
                            && uri.getUserInfo() == null
                            && uri.getQuery() == null
                            && uri.getFragment() == null;
            return good ? Optional.of(uri) : Optional.empty();
        } catch (URISyntaxException _) {
            return Optional.empty();
        }
    }

    /// Never-addresses, but for the loopback on which local servers listen.
    private static boolean isForbidden(Host host) {
        return switch (host) {
            case Host.Name(var name) ->
                    !name.equals("localhost")
                            && SpecialHosts.kind(name) != SpecialHosts.Kind.ORDINARY;
            case Host.Address(var address) ->
                    AddressClass.of(address) == AddressClass.NEVER && !Provider.isLoopback(address);
        };
    }
}
