package dev.entitlements.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entitlements.Entitlements;
import dev.entitlements.EntitlementsException;
import dev.entitlements.ErrorKind;
import dev.entitlements.SessionToken;
import dev.entitlements.momento.Credential;
import dev.entitlements.momento.MomentoEndpoint;
import dev.entitlements.testkit.Mutator;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tag;

/**
 * Damaged documents are either still good, and then good in every way, or refused with one of three
 * kinds of error. Nothing else ever escapes.
 */
@Tag("P5")
class MutationTest {
  private static final Set<ErrorKind> REFUSALS =
      EnumSet.of(ErrorKind.MALFORMED, ErrorKind.UNKNOWN_SCHEMA, ErrorKind.FOREIGN_USER);

  @Property(tries = 30_000, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
  void aDamagedCacheItemIsGoodOrRefused(@ForAll long seed) {
    byte[] item = new Mutator(seed).mutate(Samples.GOLDEN_JSON);
    attempt(() -> EntitlementsCodec.decodeItem("u-42", item))
        .ifPresent(
            snapshot -> {
              assertThat(snapshot.userId()).isEqualTo("u-42");
              assertThat(Entitlements.fromJson(snapshot.toJson())).isEqualTo(snapshot);
            });
  }

  @Property(tries = 3_000, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
  void aDamagedSnapshotTextIsGoodOrRefused(@ForAll long seed) {
    String text = new String(new Mutator(seed).mutate(Samples.GOLDEN_JSON), StandardCharsets.UTF_8);
    attempt(() -> Entitlements.fromJson(text))
        .ifPresent(
            snapshot -> assertThat(Entitlements.fromJson(snapshot.toJson())).isEqualTo(snapshot));
  }

  @Property(tries = 30_000, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
  void aDamagedTopicMessageIsGoodOrRefused(@ForAll long seed) {
    String good = (seed & 1) == 0 ? Samples.GOLDEN_JSON : Samples.GOLDEN_NOTICE;
    byte[] message = new Mutator(seed).mutate(good);
    attempt(() -> EntitlementsCodec.decodeMessage("u-42", message))
        .ifPresent(
            decoded -> {
              assertThat(decoded.userId()).isEqualTo("u-42");
              assertThat(decoded.revision()).isPositive();
              decoded
                  .snapshot()
                  .ifPresent(s -> assertThat(s.revision()).isEqualTo(decoded.revision()));
            });
  }

  /** What is accepted is also usable: the player need not check it again. */
  @Property(tries = 10_000, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
  @Tag("P8")
  void aDamagedSessionIsGoodOrRefusedAndNeverQuotesItsSecret(@ForAll long seed) {
    String text =
        new String(new Mutator(seed).mutate(Samples.GOLDEN_SESSION), StandardCharsets.UTF_8);
    attempt(() -> SessionToken.fromJson(text))
        .ifPresent(
            session -> {
              assertThat(session.toString()).doesNotContain(Samples.SECRET);
              assertThat(SessionToken.fromJson(session.toJson())).isEqualTo(session);
              assertThat(Credential.ofAuthToken(session.token())).isNotNull();
              assertThat(MomentoEndpoint.of(session.endpoint()).port()).isBetween(1, 65535);
            });
  }

  @Property(tries = 2_000, edgeCases = EdgeCasesMode.NONE)
  void anyBytesAreRefused(@ForAll byte[] bytes) {
    assertThat(attempt(() -> EntitlementsCodec.decodeItem("u-42", bytes))).isEmpty();
    assertThat(attempt(() -> EntitlementsCodec.decodeMessage("u-42", bytes))).isEmpty();
  }

  /** Empty if it was refused as it should be; any other error fails the test by itself. */
  private static <T> Optional<T> attempt(Supplier<T> decode) {
    try {
      return Optional.of(decode.get());
    } catch (EntitlementsException e) {
      assertThat(REFUSALS).contains(e.kind());
      assertThat(e.getMessage()).isNotBlank().doesNotContain(Samples.SECRET);
      assertThat(e.getMessage().length()).isLessThan(3000);
      assertThat(e.toString()).doesNotContain(Samples.SECRET);
      assertThat(e.getCause()).isNull();
      return Optional.empty();
    }
  }
}
