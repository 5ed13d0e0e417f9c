package dev.entitlements.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.entitlements.EntitlementsException;
import dev.entitlements.ErrorKind;
import dev.entitlements.SessionToken;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Documents made to hurt: as large, as deep or as long as can be. */
@Tag("P5")
@Tag("P9")
class HostileDocumentTest {
  /** Text, parsed tree, values and snapshot of the densest document, together. */
  private static final long BYTES_PER_BYTE = 200;

  private static final long BYTES_AT_LEAST = 256 * 1024;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  static Stream<Arguments> hostile() {
    return Stream.of(
        hostile("deep arrays", "[", ""),
        hostile("deep objects", "{\"a\":", ""),
        hostile("one number", "1", ""),
        hostile("one number with a fraction", "1.", "1"),
        hostile("one string", "\"", "x"),
        hostile("one string of escapes", "\"", "\\u0041"),
        hostile("many small numbers", "[", "12,"),
        hostile("many large numbers", "[", "1e300,"),
        hostile("many empty arrays", "[", "[],"),
        hostile("many empty objects", "[", "{},"),
        hostile("many empty strings", "[", "\"\","),
        hostile("white space", " ", " "),
        Arguments.of("many names", within("{" + names() + "\"z\":1}")),
        Arguments.of(
            "one name", within("{\"" + "n".repeat(JsonDocument.MAX_BYTES - 300) + "\":1}")),
        Arguments.of("zeroes", new byte[JsonDocument.MAX_BYTES]),
        Arguments.of("too large", filled(JsonDocument.MAX_BYTES + 1, (byte) ' ')),
        Arguments.of("far too large", filled(4 * JsonDocument.MAX_BYTES, (byte) '[')),
        Arguments.of("no UTF-8", filled(JsonDocument.MAX_BYTES, (byte) 0xC3)));
  }

  /** What is loaded and made the first time is nobody's. */
  @BeforeAll
  static void warmUp() {
    EntitlementsCodec.decodeItem("u-42", Samples.GOLDEN_JSON.getBytes(StandardCharsets.UTF_8));
    SessionToken.fromJson(Samples.GOLDEN_SESSION);
    attempt(() -> SessionToken.fromJson("["));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("hostile")
  void isReadOrRefusedWithinMemoryThatFollowsFromItsSize(String name, byte[] document) {
    String text = new String(document, StandardCharsets.UTF_8);

    assertBounded(document.length, () -> EntitlementsCodec.decodeItem("u-42", document));
    assertBounded(document.length, () -> SessionToken.fromJson(text));
  }

  @Test
  void thatIsSmallTakesLittle() {
    Stream.of(Samples.GOLDEN_JSON, "{", "", "null", "{\"schema\":" + "9".repeat(64) + "}")
        .map(text -> text.getBytes(StandardCharsets.UTF_8))
        .forEach(
            document ->
                assertBounded(
                    document.length, () -> EntitlementsCodec.decodeItem("u-42", document)));
  }

  private static void assertBounded(int size, Supplier<Object> read) {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    attempt(read);
    long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
    assertThat(allocated)
        .as("bytes allocated for a document of %d", size)
        .isLessThan(BYTES_AT_LEAST + BYTES_PER_BYTE * Math.min(size, JsonDocument.MAX_BYTES));
  }

  /**
   * Any error but this one fails the test by itself, and so does a stack or a heap that is full.
   */
  private static Optional<Object> attempt(Supplier<Object> read) {
    try {
      return Optional.of(read.get());
    } catch (EntitlementsException e) {
      assertThat(e.kind()).isEqualTo(ErrorKind.MALFORMED);
      assertThat(e.getMessage().length()).isLessThan(3000);
      return Optional.empty();
    }
  }

  /** A document of the largest size, good but for one attribute. */
  private static Arguments hostile(String name, String begin, String again) {
    String repeated = again.isEmpty() ? begin : again;
    int times = (JsonDocument.MAX_BYTES - 300) / repeated.length();
    String end =
        switch (begin) {
          case "[" -> again.isEmpty() ? "" : "0]";
          case "\"" -> "\"";
          default -> "";
        };
    return Arguments.of(name, within(begin + repeated.repeat(times) + end));
  }

  private static byte[] within(String value) {
    return Samples.GOLDEN_JSON.replace("\"gold\"", value).getBytes(StandardCharsets.UTF_8);
  }

  private static String names() {
    StringBuilder names = new StringBuilder();
    IntStream.range(0, 400_000).forEach(i -> names.append('"').append(i).append("\":1,"));
    return names.toString();
  }

  private static byte[] filled(int size, byte with) {
    byte[] bytes = new byte[size];
    Arrays.fill(bytes, with);
    return bytes;
  }
}
