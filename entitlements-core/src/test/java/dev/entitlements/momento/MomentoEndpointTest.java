package dev.entitlements.momento;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("P8")
class MomentoEndpointTest {
  @Test
  void theCloudHasAHostForItemsAndOneForMinting() {
    MomentoEndpoint cloud = MomentoEndpoint.of(URI.create("https://cache.cell-1.example.com"));
    assertThat(cloud.cacheHost()).isEqualTo("cache.cell-1.example.com");
    assertThat(cloud.tokenHost()).isEqualTo("token.cell-1.example.com");
    assertThat(cloud.port()).isEqualTo(443);
    assertThat(cloud.isSecure()).isTrue();
    assertThat(cloud.isLoopback()).isFalse();
    assertThat(cloud).hasToString("https://cache.cell-1.example.com");
  }

  @Test
  void aLocalServerHasOneHostForAll() {
    MomentoEndpoint local = MomentoEndpoint.of(URI.create("http://localhost:8080"));
    assertThat(local.cacheHost()).isEqualTo("localhost");
    assertThat(local.tokenHost()).isEqualTo("localhost");
    assertThat(local.port()).isEqualTo(8080);
    assertThat(local.isSecure()).isFalse();
    assertThat(local.isLoopback()).isTrue();
    assertThat(local).hasToString("http://localhost:8080");
  }

  @Test
  void thePortIsThatOfTheSchemeUnlessGiven() {
    assertThat(MomentoEndpoint.parse("http://localhost").port()).isEqualTo(80);
    assertThat(MomentoEndpoint.parse("https://localhost").port()).isEqualTo(443);
    assertThat(MomentoEndpoint.parse("https://localhost:8443").port()).isEqualTo(8443);
  }

  @Test
  void aCellNameIsAsGoodAsItsUri() {
    assertThat(MomentoEndpoint.parse(" cell-1.example.com\n"))
        .isEqualTo(MomentoEndpoint.parse("https://cache.cell-1.example.com"))
        .hasSameHashCodeAs(MomentoEndpoint.parse("https://cache.cell-1.example.com"));
  }

  @Test
  void theCaseOfAHostDoesNotCount() {
    assertThat(MomentoEndpoint.parse("HTTPS://Cache.Cell-1.Example.COM"))
        .isEqualTo(MomentoEndpoint.parse("https://cache.cell-1.example.com"));
    assertThat(MomentoEndpoint.parse("http://LOCALHOST:1").isLoopback()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "cache cell",
        "ftp://cache.example.com",
        "https://",
        "https://cache.example.com/path",
        "https://cache.example.com?query",
        "https://cache.example.com#fragment",
        "https://user@cache.example.com",
        "http://localhost:0",
        "http://localhost:65536",
        "://"
      })
  void whatIsNoEndpointIsRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> MomentoEndpoint.parse(text));
  }

  @Test
  void partsAreCheckedOneByOne() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MomentoEndpoint.of("", "t", 1, true))
        .withMessageContaining("cache host");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MomentoEndpoint.of("c", " ", 1, true))
        .withMessageContaining("token host");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MomentoEndpoint.of("c", "t", 0, true))
        .withMessageContaining("port is 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MomentoEndpoint.of("c", "t", 65536, true))
        .withMessageContaining("port is 65536");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://localhost:8080",
        "http://localhost.:8080",
        "http://127.0.0.1",
        "http://127.255.255.254:1",
        "http://[::1]:8080",
        "http://[0:0:0:0:0:0:0:1]:8080"
      })
  void thisMachineIsKnownByItsNames(String uri) {
    assertThat(MomentoEndpoint.parse(uri).isLoopback()).isTrue();
  }

  /** The name alone is judged: a name that only looks like a loopback address may be anybody's. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.example.com:8080",
        "http://127.0.0.1.example.com",
        "http://localhost.example.com",
        "http://128.0.0.1",
        "http://0.0.0.0",
        "http://[::2]",
        "http://10.0.0.1"
      })
  void anyOtherMachineIsNotThisOne(String uri) {
    assertThat(MomentoEndpoint.parse(uri).isLoopback()).isFalse();
  }

  @Test
  void anEndpointIsThisMachineOnlyIfBothOfItsHostsAre() {
    assertThat(MomentoEndpoint.of("localhost", "127.0.0.1", 1, false).isLoopback()).isTrue();
    assertThat(MomentoEndpoint.of("localhost", "example.com", 1, false).isLoopback()).isFalse();
    assertThat(MomentoEndpoint.of("example.com", "localhost", 1, false).isLoopback()).isFalse();
    assertThat(MomentoEndpoint.of("::1", "::1", 1, false).isLoopback()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://cache.cell-1.example.com",
        "https://cache.cell-1.example.com:8443",
        "https://example.com",
        "http://localhost",
        "http://localhost:8080",
        "http://127.0.0.1:65535",
        "http://[::1]:8080",
        "https://[2001:db8::1]"
      })
  void anEndpointMadeOfItsUriIsEqual(String uri) {
    MomentoEndpoint endpoint = MomentoEndpoint.parse(uri);
    assertThat(endpoint.toUri()).isEqualTo(URI.create(uri));
    assertThat(MomentoEndpoint.of(endpoint.toUri())).isEqualTo(endpoint);
  }

  @Test
  void anAddressOfVersion6NeedsNoBrackets() {
    assertThat(MomentoEndpoint.of("::1", "::1", 8080, false))
        .isEqualTo(MomentoEndpoint.parse("http://[::1]:8080"))
        .hasToString("http://[::1]:8080");
  }

  @Test
  void endpointsAreEqualIfAllOfTheirPartsAre() {
    MomentoEndpoint one = MomentoEndpoint.of("c", "t", 1, true);
    assertThat(one)
        .isEqualTo(MomentoEndpoint.of("c", "t", 1, true))
        .isNotEqualTo(MomentoEndpoint.of("d", "t", 1, true))
        .isNotEqualTo(MomentoEndpoint.of("c", "u", 1, true))
        .isNotEqualTo(MomentoEndpoint.of("c", "t", 2, true))
        .isNotEqualTo(MomentoEndpoint.of("c", "t", 1, false))
        .isNotEqualTo("c")
        .isNotEqualTo(null);
  }
}
