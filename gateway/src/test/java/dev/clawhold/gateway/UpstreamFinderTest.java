package dev.clawhold.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clawhold.audit.AuditLog;
import dev.clawhold.audit.Event;
import dev.clawhold.audit.Recorded;
import dev.clawhold.gateway.UpstreamFinder.Found;
import dev.clawhold.gateway.UpstreamFinder.Found.Candidates;
import dev.clawhold.gateway.UpstreamFinder.Found.Denied;
import dev.clawhold.policy.Policy;
import dev.clawhold.policy.Reason;
import dev.clawhold.policy.ReasonCode;
import dev.clawhold.policy.host.Host;
import dev.clawhold.policy.host.IpAddress;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UpstreamFinderTest {
    private static final IpAddress PUBLIC = ip("203.0.112.1");
    private static final IpAddress PUBLIC6 = ip("2a00::1");

    private final List<String> asked = new ArrayList<>();
    private UpstreamMap fixed = UpstreamMap.empty();

    @Nested
    class TheOperatorsWord {
        @Test
        void comesBeforeEverythingAndIsNotTested() {
            fixed =
                    new UpstreamMap(
                            Map.of(
                                    new UpstreamMap.Target(new Host.Name("api.example.com"), 443),
                                    new FixedUpstream(ip("127.0.0.1"), 8443)));

            assertThat(find("api.example.com", 443))
                    .isEqualTo(
                            new Candidates(
                                    List.of(new Upstream(ip("127.0.0.1"), 8443)), List.of()));
            assertThat(asked).isEmpty();
        }

        @Test
        void countsForItsPortAlone() {
            fixed =
                    new UpstreamMap(
                            Map.of(
                                    new UpstreamMap.Target(new Host.Name("api.example.com"), 80),
                                    new FixedUpstream(ip("127.0.0.1"), 8080)));

            assertThat(find("api.example.com", 443, PUBLIC)).isEqualTo(found(443, PUBLIC));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"host.clawhold.internal", "host.openshell.internal", "host.docker.internal"})
    void theHostsLoopbackIsDialledWithoutAQuestion(String name) {
        assertThat(find(name, 8080))
                .isEqualTo(new Candidates(List.of(new Upstream(ip("127.0.0.1"), 8080)), List.of()));
        assertThat(asked).isEmpty();
    }

    @Test
    void aLiteralIsItsOwnAnswer() {
        assertThat(find("203.0.112.1", 443)).isEqualTo(found(443, PUBLIC));
        assertThat(asked).isEmpty();
    }

    @Test
    void allAddressesOfANameMayBeDialledInTheResolversOrder() {
        assertThat(find("api.example.com", 443, PUBLIC6, PUBLIC))
                .isEqualTo(found(443, PUBLIC6, PUBLIC));
        assertThat(asked).containsExactly("api.example.com.");
    }

    @Test
    void aNameWithoutAddressIsDeniedAsSuch() {
        assertThat(find("api.example.com", 443)).isEqualTo(denied(ReasonCode.DNS_FAILED));
    }

    @Test
    void anAddressThatIsNeverReachedDeniesTheWholeName() {
        assertThat(find("api.example.com", 80, PUBLIC, ip("169.254.169.254")))
                .isEqualTo(denied(ReasonCode.ADDRESS_NEVER));
        assertThat(find("api.example.com", 80, ip("127.0.0.1")))
                .isEqualTo(denied(ReasonCode.ADDRESS_NEVER));
    }

    @Test
    void publicAndPrivateAddressesOfOneNameAreDenied() {
        assertThat(find("api.example.com", 80, PUBLIC, ip("10.0.0.1")))
                .isInstanceOfSatisfying(
                        Denied.class,
                        denied ->
                                assertThat(denied.reason().code())
                                        .isEqualTo(ReasonCode.ADDRESS_MIXED));
    }

    @Test
    void aPolicyThatHasChangedMeanwhileDenies() {
        var policy = new PolicyInForce(Requests.allowing(1, "api.example.com"));
        policy.replace(Policy.blockAll(2));

        assertThat(finder(policy, PUBLIC).find(recorded("api.example.com", 443)))
                .isEqualTo(denied(ReasonCode.POLICY_INVALID));
    }

    private Found find(String host, int port, IpAddress... answers) {
        var policy = new PolicyInForce(Requests.allowing(1, host));
        return finder(policy, answers).find(recorded(host, port));
    }

    private UpstreamFinder finder(PolicyInForce policy, IpAddress... answers) {
        var settings =
                new Gateway.Settings(
                        policy,
                        AuditLog.inMemory(),
                        fixed,
                        InstantSource.fixed(Instant.EPOCH),
                        () -> 0,
                        _ -> {});
        var hosts = new HostsFile(Path.of("/nonexistent"));
        return new UpstreamFinder(
                settings, new UpstreamResolver(hosts, name -> resolve(name, answers)));
    }

    private InetAddress[] resolve(String name, IpAddress... answers) throws UnknownHostException {
        asked.add(name);
        if (answers.length == 0) {
            throw new UnknownHostException(name + ": Name or service not known");
        }
        return Arrays.stream(answers)
                .map(answer -> InetAddress.ofLiteral(answer.toString()))
                .toArray(InetAddress[]::new);
    }

    private static Recorded<Event.Egress> recorded(String host, int port) {
        var decision = Requests.allowed(Requests.to(host, port));
        return AuditLog.inMemory().record(new Event.Egress(decision));
    }

    private static Found found(int port, IpAddress... addresses) {
        return new Candidates(
                Arrays.stream(addresses).map(address -> new Upstream(address, port)).toList(),
                List.of(addresses));
    }

    private static Found denied(ReasonCode code) {
        return new Denied(Reason.of(code));
    }

    private static IpAddress ip(String text) {
        return IpAddress.parse(text).orElseThrow();
    }
}
