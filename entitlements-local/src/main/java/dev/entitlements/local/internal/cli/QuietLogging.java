package dev.entitlements.local.internal.cli;

/**
 * Keeps the command line quiet if it logs by logback, which says everything unless it is
 * configured. To be called before anything is logged, and from the command line only: a host's
 * logging is the host's.
 */
final class QuietLogging {
  private static final String PROPERTY = "logback.configurationFile";

  private QuietLogging() {}

  static void install() {
    ClassLoader loader = QuietLogging.class.getClassLoader();
    boolean configured =
        System.getProperty(PROPERTY) != null
            || loader.getResource("logback.xml") != null
            || loader.getResource("logback-test.xml") != null;
    if (!configured) {
      System.setProperty(
          PROPERTY, QuietLogging.class.getPackageName().replace('.', '/') + "/quiet-logback.xml");
    }
  }
}
