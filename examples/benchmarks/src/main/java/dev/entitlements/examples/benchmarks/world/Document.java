package dev.entitlements.examples.benchmarks.world;

import dev.entitlements.Entitlement;
import dev.entitlements.Entitlements;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What is published: entitlements whose JSON has a given size, with a number, one more each time,
 * by which a player's state is known.
 */
public final class Document {
  private static final String NUMBER = "state";
  private static final String PADDING = "padding";
  private static final Instant FROM = Instant.parse("2026-11-01T00:00:00Z");
  private static final Instant UNTIL = Instant.parse("2036-12-01T00:00:00Z");

  private final int bytes;
  private final @Nullable Instant until;
  private final List<Entitlement> entitlements = new ArrayList<>();
  private final String padding;

  /**
   * Describes one.
   *
   * @param bytes of JSON, about; at least 400
   */
  public Document(int bytes) {
    this(bytes, UNTIL);
  }

  private Document(int bytes, @Nullable Instant until) {
    this.bytes = bytes;
    this.until = until;
    int one = json("u", List.of(grant(0)), "").length() - json("u", List.of(), "").length() + 1;
    int room = bytes - json("u", List.of(), "").length();
    IntStream.range(0, Math.max(1, room / one)).mapToObj(this::grant).forEach(entitlements::add);
    this.padding = "x".repeat(Math.max(0, bytes - json("u", entitlements, "").length()));
  }

  /** One whose grants do not end by themselves, of about so many bytes. */
  public static Document withoutEnd(int bytes) {
    return new Document(bytes, null);
  }

  /** Such as {@code 600 B} or {@code 20 KB}. */
  public String name() {
    return bytes < 1_000 ? bytes + " B" : bytes / 1_000 + " KB";
  }

  /** About how many bytes of JSON it has. */
  public int bytes() {
    return bytes;
  }

  /** For the publisher of this library. */
  public Entitlements.Content content(String user, long number) {
    return content(user, number, entitlements, padding);
  }

  /** For who publishes it as text. */
  public String json(String user, long number) {
    return Entitlements.of(content(user, number), number, Instant.now()).toJson();
  }

  /** The number of what a player holds; -1 when it holds nothing that was published here. */
  public static long numberOf(Entitlements snapshot) {
    return snapshot.attributes().get(NUMBER) instanceof Number number ? number.longValue() : -1;
  }

  private static String json(String user, List<Entitlement> entitlements, String padding) {
    return Entitlements.of(content(user, 100_000, entitlements, padding), FROM.toEpochMilli(), FROM)
        .toJson();
  }

  private static Entitlements.Content content(
      String user, long number, List<Entitlement> entitlements, String padding) {
    return Entitlements.Content.builder(user)
        .entitlements(entitlements)
        .attribute(NUMBER, number)
        .attribute(PADDING, padding)
        .build();
  }

  private Entitlement grant(int i) {
    return Entitlement.builder(String.format(Locale.ROOT, "package-%04d", i))
        .validFrom(FROM)
        .validUntil(until)
        .limit("streams", 4)
        .limit("maxHeight", 2160)
        .build();
  }
}
