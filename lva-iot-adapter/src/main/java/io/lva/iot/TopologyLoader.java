package io.lva.iot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Fetches the topology that an operations file names by its address. */
@FunctionalInterface
public interface TopologyLoader {
  /**
   * Fetches a topology.
   *
   * @param url the address, as {@code topologyUrl} or {@code topologyFile} gives it
   * @return the text of the document, unchanged
   * @throws IOException when it cannot be fetched; the message says where the loader looked for it
   */
  String load(String url) throws IOException;

  /**
   * Finds published topologies in a local folder: the part of the address after {@code
   * /MediaGraph/topologies/} is the path in the folder, whether the address is that of the file or
   * of the page that shows it. Any other address is taken as a path in the folder.
   *
   * @param directory a copy of the published folder {@code topologies}
   * @return a loader that refuses paths that lead out of the folder
   */
  static TopologyLoader inDirectory(Path directory) {
    Path root = directory.toAbsolutePath().normalize();
    Pattern published = Pattern.compile(".*/MediaGraph/topologies/([^?#]+)(?:[?#].*)?");
    return url -> {
      Matcher matcher = published.matcher(url);
      Path file = root.resolve(matcher.matches() ? matcher.group(1) : url).normalize();
      if (!file.startsWith(root)) {
        throw new IOException("'" + url + "' leads out of " + directory);
      }
      if (!Files.isRegularFile(file)) {
        throw new IOException("'" + url + "' should be " + file + ", which is not there");
      }
      return Files.readString(file);
    };
  }

  /**
   * Fetches topologies of up to 1 MiB from their published addresses, from servers that begin to
   * answer within 10 s. The address of a github.com page that shows a file stands for the file.
   *
   * @return a loader that uses the network
   */
  static TopologyLoader overHttp() {
    return new HttpTopologies();
  }
}
