package dev.entitlements.internal;

import dev.entitlements.Entitlement;
import dev.entitlements.Entitlements;
import dev.entitlements.SessionToken;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** What documents are made of: the golden ones of the wire format, and arbitrary ones. */
public final class Samples {
  public static final String GOLDEN_JSON =
      "{\"schema\":1,\"userId\":\"u-42\",\"revision\":1764000000123,"
          + "\"publishedAt\":\"2026-11-24T03:00:00.123Z\","
          + "\"entitlements\":[{\"id\":\"premium\",\"validFrom\":\"2026-11-01T00:00:00Z\","
          + "\"validUntil\":\"2026-12-01T00:00:00Z\","
          + "\"limits\":{\"streams\":4,\"maxHeight\":2160},\"attributes\":{\"region\":\"US\"}}],"
          + "\"attributes\":{\"tier\":\"gold\"}}";

  public static final String GOLDEN_NOTICE =
      "{\"schema\":1,\"userId\":\"u-42\",\"revision\":1764000000123,\"notice\":true}";

  /** Distinct enough that finding it anywhere means that it leaked. */
  public static final String SECRET = "s3cr3tTokenThatMustNotLeak";

  public static final String GOLDEN_SESSION =
      "{\"token\":\""
          + SECRET
          + "\",\"endpoint\":\"https://cache.cell-1.example.com\",\"cacheName\":\"entitlements\","
          + "\"userId\":\"u-42\",\"expiresAt\":\"2026-11-24T04:00:00Z\","
          + "\"serverTime\":\"2026-11-24T03:00:00Z\",\"key\":\"prod/u-42\",\"snapshot\":"
          + GOLDEN_JSON
          + "}";

  private Samples() {}

  public static Entitlements golden() {
    return Entitlements.of(
        Entitlements.Content.builder("u-42")
            .entitlement(
                Entitlement.builder("premium")
                    .validFrom(Instant.parse("2026-11-01T00:00:00Z"))
                    .validUntil(Instant.parse("2026-12-01T00:00:00Z"))
                    .limit("streams", 4)
                    .limit("maxHeight", 2160)
                    .attribute("region", "US")
                    .build())
            .attribute("tier", "gold")
            .build(),
        1764000000123L,
        Instant.parse("2026-11-24T03:00:00.123Z"));
  }

  public static SessionToken goldenSession() {
    return SessionToken.builder("u-42")
        .token(SECRET)
        .endpoint(URI.create("https://cache.cell-1.example.com"))
        .cacheName("entitlements")
        .expiresAt(Instant.parse("2026-11-24T04:00:00Z"))
        .serverTime(Instant.parse("2026-11-24T03:00:00Z"))
        .key("prod/u-42")
        .snapshot(golden())
        .build();
  }

  /** Ids of every script, with spaces inside and characters beyond the basic plane. */
  public static Arbitrary<String> ids() {
    return Arbitraries.oneOf(
            Arbitraries.strings().alpha().numeric().withChars("-_./ :").ofMinLength(1),
            text(Arbitraries.integers().between(0x20, 0x10FFFF), 40))
        .filter(Samples::isAllowedId);
  }

  /** Any text that UTF-8 can carry, control characters included. */
  public static Arbitrary<String> texts() {
    return Arbitraries.oneOf(
        Arbitraries.strings().ascii().ofMaxLength(30),
        text(Arbitraries.integers().between(0, 0x10FFFF), 20));
  }

  private static Arbitrary<String> text(Arbitrary<Integer> codePoints, int maxLength) {
    return codePoints
        .filter(c -> c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE)
        .list()
        .ofMaxSize(maxLength)
        .map(
            list -> {
              StringBuilder text = new StringBuilder();
              list.forEach(text::appendCodePoint);
              return text.toString();
            });
  }

  private static boolean isAllowedId(String id) {
    try {
      Names.requireId("id", id);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** From the first instant that there is to the last, to the nanosecond. */
  public static Arbitrary<Instant> instants() {
    Arbitrary<Long> seconds =
        Arbitraries.oneOf(
            Arbitraries.longs().between(0, 4_102_444_800L),
            Arbitraries.longs()
                .between(Instant.MIN.getEpochSecond(), Instant.MAX.getEpochSecond()));
    return Combinators.combine(seconds, Arbitraries.longs().between(0, 999_999_999))
        .as(Instant::ofEpochSecond);
  }

  /** Values as a host gives them: any number type, nulls inside, three levels deep. */
  public static Arbitrary<Object> values() {
    Arbitrary<Object> leaf =
        Arbitraries.oneOf(
            texts().asGeneric(),
            Arbitraries.of(true, false).asGeneric(),
            Arbitraries.longs().asGeneric(),
            Arbitraries.integers().asGeneric(),
            Arbitraries.doubles().asGeneric(),
            Arbitraries.of(0.0, -0.0, Double.MIN_VALUE, Double.MAX_VALUE, 1e22).asGeneric(),
            Arbitraries.floats().asGeneric(),
            Arbitraries.bigIntegers().asGeneric(),
            Arbitraries.bigDecimals().asGeneric());
    return Arbitraries.recursive(
        () -> leaf,
        inner ->
            Arbitraries.oneOf(
                inner,
                inner.injectNull(0.1).list().ofMaxSize(3).asGeneric(),
                Arbitraries.maps(texts(), inner.injectNull(0.1)).ofMaxSize(3).asGeneric()),
        0,
        3);
  }

  public static Arbitrary<Map<String, Object>> attributes() {
    return Arbitraries.maps(ids(), values()).ofMaxSize(3);
  }

  public static Arbitrary<Entitlement> entitlements() {
    return Combinators.combine(
            ids(),
            instants().injectNull(0.4),
            instants().injectNull(0.4),
            Arbitraries.maps(ids(), Arbitraries.longs()).ofMaxSize(3),
            attributes())
        .as(Samples::entitlement);
  }

  private static Entitlement entitlement(
      String id,
      Instant one,
      Instant other,
      Map<String, Long> limits,
      Map<String, Object> attributes) {
    Entitlement.Builder builder = Entitlement.builder(id).validFrom(one).validUntil(other);
    if (one != null && other != null) {
      if (one.equals(other)) {
        builder.validUntil(null);
      } else if (one.isAfter(other)) {
        builder.validFrom(other).validUntil(one);
      }
    }
    limits.forEach(builder::limit);
    attributes.forEach(builder::attribute);
    return builder.build();
  }

  public static Arbitrary<Entitlements> snapshots() {
    return ids().flatMap(Samples::snapshotsOf);
  }

  public static Arbitrary<Entitlements> snapshotsOf(String userId) {
    Arbitrary<List<Entitlement>> grants =
        entitlements().list().ofMaxSize(4).uniqueElements(Entitlement::id);
    return Combinators.combine(
            grants, attributes(), Arbitraries.longs().between(1, Long.MAX_VALUE), instants())
        .as(
            (list, attributes, revision, publishedAt) -> {
              Entitlements.Content.Builder content =
                  Entitlements.Content.builder(userId).entitlements(list);
              attributes.forEach(content::attribute);
              return Entitlements.of(content.build(), revision, publishedAt);
            });
  }

  public static Arbitrary<SessionToken> sessions() {
    Arbitrary<String> tokens =
        Arbitraries.strings().withCharRange('!', '~').ofMinLength(1).ofMaxLength(200);
    Arbitrary<URI> endpoints =
        Arbitraries.of(
                "https://cache.cell-1.example.com",
                "http://localhost:8080",
                "http://127.0.0.1:1",
                "https://[2001:db8::1]:65535")
            .map(URI::create);
    Arbitrary<String> cacheNames =
        Arbitraries.strings().alpha().numeric().withChars("-_").ofMinLength(1).ofMaxLength(40);
    return ids()
        .flatMap(
            userId ->
                Combinators.combine(
                        tokens,
                        endpoints,
                        cacheNames,
                        ids().injectNull(0.5),
                        instants(),
                        instants(),
                        snapshotsOf(userId).injectNull(0.5))
                    .as(
                        (token, endpoint, cacheName, key, expiresAt, serverTime, snapshot) -> {
                          SessionToken.Builder session =
                              SessionToken.builder(userId)
                                  .token(token)
                                  .endpoint(endpoint)
                                  .cacheName(cacheName)
                                  .expiresAt(expiresAt)
                                  .serverTime(serverTime);
                          if (key != null) {
                            session.key(key);
                          }
                          if (snapshot != null) {
                            session.snapshot(snapshot);
                          }
                          return session.build();
                        }));
  }
}
