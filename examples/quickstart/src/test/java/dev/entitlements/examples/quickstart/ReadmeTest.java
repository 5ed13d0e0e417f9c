package dev.entitlements.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** README says what is so: its Java is code that compiles, its commands are those that CI runs. */
@Tag("P10")
class ReadmeTest {
  private static final Path ROOT = Path.of("..", "..");
  private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

  private static final Pattern LEFT_OUT = Pattern.compile("\n\\s*\\.\\.\\.\n");

  @Test
  void itsJavaIsTheCodeThatIsCompiledHere() throws IOException {
    String compiled =
        squeezed(
            Files.readString(
                Path.of("src/test/java/dev/entitlements/examples/quickstart/ReadmeExamples.java")));
    Matcher block = JAVA.matcher(readme());
    int blocks = 0;
    while (block.find()) {
      blocks++;
      LEFT_OUT
          .splitAsStream(block.group(1))
          .forEach(part -> assertThat(compiled).contains(squeezed(part)));
    }
    assertThat(blocks).isGreaterThanOrEqualTo(6);
  }

  @Test
  void itsCommandsAreThoseOfCi() throws IOException {
    List<String> ci =
        Files.readAllLines(ROOT.resolve(".ci/run")).stream()
            .filter(l -> l.startsWith("mvn"))
            .toList();

    assertThat(ci).hasSize(4);
    assertThat(ci).allSatisfy(command -> assertThat(readme()).contains("\n" + command + "\n"));
  }

  private static String readme() throws IOException {
    return Files.readString(ROOT.resolve("README.md"));
  }

  private static String squeezed(String text) {
    return text.replaceAll("\\s+", "");
  }
}
