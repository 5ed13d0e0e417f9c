package dev.entitlements.examples.benchmarks;

/**
 * One benchmark. It has a name of its own on the command line, and its turn when all are run.
 *
 * <p>Fields that picocli's {@code @Option} is on become options of the part's own command; when all
 * parts are run they keep their defaults.
 */
public interface Part {

  /** As on the command line and in the JSON. */
  String name();

  /** One sentence for {@code --help}. */
  String description();

  /**
   * Measures. What it opens it closes, so that the parts after it find a quiet machine.
   *
   * @throws WrongOption when an option has a value that it cannot have; before anything is measured
   * @throws BenchmarkFailed when it cannot be measured
   * @throws Exception likewise
   */
  Report run(Run run) throws Exception;
}
