package dev.entitlements.examples.benchmarks.decide;

import dev.entitlements.SessionToken;
import dev.entitlements.examples.benchmarks.BenchmarkFailed;
import dev.entitlements.examples.benchmarks.Run;
import dev.entitlements.examples.benchmarks.kit.ClassPath;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** JMH, with one fork for each method. */
record Jmh(SessionToken session, int warmUps, int iterations, TimeValue each) {
  private static final String CLASS_PATH = "java.class.path";

  static Jmh of(Run run, SessionToken session) {
    return new Jmh(
        session,
        run.either(1, 2),
        run.either(2, 6),
        TimeValue.milliseconds(run.either(200, 1_000)));
  }

  Measured measure(String method) {
    Options options =
        new OptionsBuilder()
            .include(Decisions.class.getName().replace(".", "\\.") + "\\." + method + "$")
            .forks(1)
            .threads(1)
            .warmupIterations(warmUps)
            .warmupTime(each)
            .measurementIterations(iterations)
            .measurementTime(each)
            .addProfiler(GCProfiler.class)
            .jvmArgsAppend("-Xmx512m", "-D" + Watched.SESSION + "=" + session.toJson())
            .shouldFailOnError(true)
            .verbosity(VerboseMode.SILENT)
            .build();
    // A fork gets this JVM's class path, which is not the program's if Maven runs it.
    String before = System.setProperty(CLASS_PATH, ClassPath.ofThisProgram());
    try {
      return Measured.of(new Runner(options).runSingle());
    } catch (RunnerException e) {
      throw new BenchmarkFailed("JMH could not measure " + method, e);
    } finally {
      System.setProperty(CLASS_PATH, before == null ? "" : before);
    }
  }
}
