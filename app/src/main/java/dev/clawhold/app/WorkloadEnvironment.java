package dev.clawhold.app;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a workload finds in its environment: a few fixed variables, the ones that make programs
/// trust the sandbox's certificates, and what the operator gave. Nothing else of the operator's.
final class WorkloadEnvironment {
    private static final List<String> CERTIFICATE_VARIABLES =
            List.of(
                    "SSL_CERT_FILE",
                    "CURL_CA_BUNDLE",
                    "REQUESTS_CA_BUNDLE",
                    "PIP_CERT",
                    "NODE_EXTRA_CA_CERTS",
                    "GIT_SSL_CAINFO",
                    "AWS_CA_BUNDLE",
                    "CARGO_HTTP_CAINFO",
                    "DENO_CERT",
                    "NIX_SSL_CERT_FILE",
                    "npm_config_cafile");

    private WorkloadEnvironment() {}

    static Map<String, String> of(Operator operator, Trust trust, Map<String, String> given) {
        var environment = new LinkedHashMap<String, String>();
        environment.put("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
        environment.put("HOME", "/sandbox");
        environment.put("USER", "sandbox");
        environment.put("LOGNAME", "sandbox");
        environment.put("SHELL", "/bin/sh");
        environment.put("LANG", "C.UTF-8");
        environment.put("TMPDIR", "/tmp");
        environment.put("TERM", operator.environment().getOrDefault("TERM", "dumb"));
        if (operator.environment().containsKey("COLORTERM")) {
            environment.put("COLORTERM", operator.environment().getOrDefault("COLORTERM", ""));
        }
        CERTIFICATE_VARIABLES.forEach(name -> environment.put(name, trust.bundle()));
        environment.putAll(given);
        return environment;
    }
}
