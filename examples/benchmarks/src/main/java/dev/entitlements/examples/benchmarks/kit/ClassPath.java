package dev.entitlements.examples.benchmarks.kit;

import java.io.File;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;

/** What other JVMs need to run classes of this one. */
public final class ClassPath {
  private ClassPath() {}

  /**
   * Where the classes of this program are. Under {@code exec:java} the system property {@code
   * java.class.path} is Maven's own; the program's is that of its class loader.
   */
  public static String ofThisProgram() {
    if (!(ClassPath.class.getClassLoader() instanceof URLClassLoader loader)) {
      return System.getProperty("java.class.path");
    }
    List<String> files = new ArrayList<>();
    for (URL url : loader.getURLs()) {
      files.add(file(url).getPath());
    }
    return String.join(File.pathSeparator, files);
  }

  private static File file(URL url) {
    try {
      return new File(url.toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException("No place for classes: " + url, e);
    }
  }
}
