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
   * @throws IOException when it cannot be fetched; the message says where it was looked for
   */
  String load(String url) throws IOException;

  /**
   * Finds published topologies in a local folder: what stands after {@code /MediaGraph/topologies/}
   * in the address is the path in the folder, whether it is the address of the file or of the page
   * that shows it. Any other address is taken for a path in the folder.
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
   * Fetches topologies of up to 1 MiB from where they are published, from servers that begin to
   * answer within 10 s. The address of a page of github.com stands for that of the file it shows.
   *
   * @return a loader that uses the network
   */
  static TopologyLoader overHttp() {
    return new HttpTopologies();
  }
}
