package dev.entitlements;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.entitlements.internal.Samples;
import java.net.URI;
import java.time.Instant;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("P5")
class SessionTokenTest {
  private static final Instant NOW = Instant.parse("2026-11-24T03:00:00Z");

  @Test
  void aSessionHasWhatItWasBuiltWith() {
    SessionToken session = Samples.goldenSession();
    assertThat(session.token()).isEqualTo(Samples.SECRET);
    assertThat(session.endpoint()).hasHost("cache.cell-1.example.com");
    assertThat(session.cacheName()).isEqualTo("entitlements");
    assertThat(session.userId()).isEqualTo("u-42");
    assertThat(session.key()).isEqualTo("prod/u-42");
    assertThat(session.expiresAt()).isEqualTo("2026-11-24T04:00:00Z");
    assertThat(session.serverTime()).isEqualTo("2026-11-24T03:00:00Z");
    assertThat(session.snapshot()).contains(Samples.golden());
  }

  @Test
  void theKeyIsTheUserIdUnlessSaidOtherwise() {
    assertThat(complete().build().key()).isEqualTo("u-42");
  }

  @Test
  @Tag("P8")
  void itsTextLeavesTheSecretOut() {
    assertThat(Samples.goldenSession().toString())
        .doesNotContain(Samples.SECRET)
        .contains("u-42", "entitlements", "https://cache.cell-1.example.com", "2026-11-24T04");
  }

  static Stream<UnaryOperator<SessionToken.Builder>> incomplete() {
    return Stream.of(
        b -> b.endpoint(localhost()).cacheName("c").expiresAt(NOW).serverTime(NOW),
        b -> b.token("t").cacheName("c").expiresAt(NOW).serverTime(NOW),
        b -> b.token("t").endpoint(localhost()).expiresAt(NOW).serverTime(NOW),
        b -> b.token("t").endpoint(localhost()).cacheName("c").serverTime(NOW),
        b -> b.token("t").endpoint(localhost()).cacheName("c").expiresAt(NOW));
  }

  @ParameterizedTest
  @MethodSource("incomplete")
  void aSessionThatLacksSomethingIsRefused(UnaryOperator<SessionToken.Builder> setters) {
    SessionToken.Builder builder = setters.apply(SessionToken.builder("u"));
    assertThatIllegalArgumentException()
        .isThrownBy(builder::build)
        .withMessageContaining("is missing");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a b", "tökén", "t\n", "t\u0000"})
  @Tag("P8")
  void aTokenThatNoHeaderCanCarryIsRefusedWithoutBeingQuoted(String token) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SessionToken.builder("u").token(token))
        .withMessageContaining("token")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("tökén"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cache.example.com",
        "ftp://cache.example.com",
        "https:///",
        "https:cache",
        "https://cache.example.com/path",
        "https://cache.example.com?query",
        "https://cache.example.com#fragment",
        "https://someone@cache.example.com",
        "http://localhost:0",
        "http://localhost:70000"
      })
  void anEndpointThatIsNotOneIsRefused(String endpoint) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SessionToken.builder("u").endpoint(URI.create(endpoint)))
        .withMessageContaining("endpoint");
  }

  @Test
  @Tag("P8")
  void anEndpointIsNotQuotedForItMayHoldASecret() {
    URI withSecret = URI.create("https://" + Samples.SECRET + "@cache.example.com");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SessionToken.builder("u").endpoint(withSecret))
        .satisfies(e -> assertThat(e.toString()).doesNotContain(Samples.SECRET));
    String json =
        Samples.GOLDEN_SESSION.replace("https://cache.cell-1.example.com", "::" + Samples.SECRET);
    EntitlementsException error =
        catchThrowableOfType(EntitlementsException.class, () -> SessionToken.fromJson(json));
    assertThat(error.kind()).isEqualTo(ErrorKind.MALFORMED);
    assertThat(error.toString()).contains("endpoint").doesNotContain(Samples.SECRET);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  ", "c\u0001", "\ud800", "caché"})
  void aCacheNameThatNoHeaderCanCarryIsRefused(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SessionToken.builder("u").cacheName(name))
        .withMessageStartingWith("cache name");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  ", "k\u0001", "k\ud800"})
  void aKeyThatMomentoCannotCarryIsRefused(String key) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SessionToken.builder("u").key(key))
        .withMessageStartingWith("key");
  }

  @Test
  void aKeyHasRoomForTheLongestUserIdAndAPrefix() {
    String longest = "x".repeat(256);
    String key = "p".repeat(256) + longest;
    assertThat(complete(longest).key(key).build().key()).isEqualTo(key);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SessionToken.builder("u").key(key + "x"))
        .withMessageContaining("513 bytes");
  }

  @Test
  void nullIsRefusedByTheSetterItself() {
    SessionToken.Builder builder = complete();
    assertThatNullPointerException().isThrownBy(() -> SessionToken.builder(null));
    assertThatNullPointerException().isThrownBy(() -> builder.token(null));
    assertThatNullPointerException().isThrownBy(() -> builder.endpoint(null));
    assertThatNullPointerException().isThrownBy(() -> builder.cacheName(null));
    assertThatNullPointerException().isThrownBy(() -> builder.key(null));
    assertThatNullPointerException().isThrownBy(() -> builder.expiresAt(null));
    assertThatNullPointerException().isThrownBy(() -> builder.serverTime(null));
    assertThatNullPointerException().isThrownBy(() -> builder.snapshot(null));
  }

  @Test
  void aSnapshotOfAnotherUserIsRefused() {
    Entitlements foreign = Entitlements.of(Entitlements.Content.of("u-1"), 1, NOW);
    EntitlementsException set =
        catchThrowableOfType(EntitlementsException.class, () -> complete().snapshot(foreign));
    assertThat(set.kind()).isEqualTo(ErrorKind.FOREIGN_USER);
    SessionToken session = complete().build();
    EntitlementsException with =
        catchThrowableOfType(EntitlementsException.class, () -> session.withSnapshot(foreign));
    assertThat(with.kind()).isEqualTo(ErrorKind.FOREIGN_USER);
  }

  @Test
  void aCopyDiffersInWhatItIsNamedFor() {
    SessionToken bare = complete().key("p/u-42").build();
    SessionToken withSnapshot = bare.withSnapshot(Samples.golden());
    assertThat(withSnapshot.snapshot()).contains(Samples.golden());
    assertThat(bare.snapshot()).isEmpty();
    SessionToken later = withSnapshot.withServerTime(NOW.plusSeconds(9));
    assertThat(later.serverTime()).isEqualTo(NOW.plusSeconds(9));
    assertThat(later.withServerTime(NOW)).isEqualTo(withSnapshot);
  }

  @Test
  void sessionsAreEqualIfAllOfThemIs() {
    SessionToken one = complete().snapshot(Samples.golden()).build();
    assertThat(one)
        .isEqualTo(complete().snapshot(Samples.golden()).build())
        .hasSameHashCodeAs(complete().snapshot(Samples.golden()).build())
        .isNotEqualTo(complete().build())
        .isNotEqualTo(complete().snapshot(Samples.golden()).token("t2").build())
        .isNotEqualTo(complete().snapshot(Samples.golden()).cacheName("c2").build())
        .isNotEqualTo(complete().snapshot(Samples.golden()).key("k2").build())
        .isNotEqualTo(complete().snapshot(Samples.golden()).expiresAt(NOW.minusNanos(1)).build())
        .isNotEqualTo(complete().snapshot(Samples.golden()).serverTime(NOW.minusNanos(1)).build())
        .isNotEqualTo(
            complete().snapshot(Samples.golden()).endpoint(URI.create("http://h")).build())
        .isNotEqualTo(complete("u-1").build())
        .isNotEqualTo(null)
        .isNotEqualTo("u-42");
  }

  private static SessionToken.Builder complete() {
    return complete("u-42");
  }

  private static SessionToken.Builder complete(String userId) {
    return SessionToken.builder(userId)
        .token("t")
        .endpoint(localhost())
        .cacheName("c")
        .expiresAt(NOW)
        .serverTime(NOW);
  }

  private static URI localhost() {
    return URI.create("http://localhost:8080");
  }
}
