package io.lva.bench;

import io.lva.graph.GraphTopology;
import io.lva.graph.json.TopologyJson;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * What does it cost to set a topology by a direct method: reading the JSON and checking all rules?
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class TopologyBenchmark {
  private static final String JSON =
      """
      {
        "@apiVersion": "2.0",
        "name": "ContinuousRecording",
        "properties": {
          "description": "Records one camera to an asset",
          "parameters": [
            {"name": "rtspUserName", "type": "String", "default": "user"},
            {"name": "rtspPassword", "type": "SecretString", "default": "password"},
            {"name": "rtspUrl", "type": "String"}
          ],
          "sources": [
            {
              "@type": "#Microsoft.Media.MediaGraphRtspSource",
              "name": "rtspSource",
              "transport": "Tcp",
              "endpoint": {
                "@type": "#Microsoft.Media.MediaGraphUnsecuredEndpoint",
                "url": "${rtspUrl}",
                "credentials": {
                  "@type": "#Microsoft.Media.MediaGraphUsernamePasswordCredentials",
                  "username": "${rtspUserName}",
                  "password": "${rtspPassword}"
                }
              }
            }
          ],
          "sinks": [
            {
              "@type": "#Microsoft.Media.MediaGraphAssetSink",
              "name": "assetSink",
              "inputs": [
                {
                  "nodeName": "rtspSource",
                  "outputSelectors": [
                    {"property": "mediaType", "operator": "is", "value": "video"}
                  ]
                }
              ],
              "assetNamePattern": "camera-${System.GraphInstanceName}-${System.DateTime}",
              "segmentLength": "PT30S",
              "localMediaCachePath": "/var/lib/media/",
              "localMediaCacheMaximumSizeMiB": "2048"
            }
          ]
        }
      }
      """;

  /** Created by JMH. */
  public TopologyBenchmark() {}

  /**
   * Reads the topology.
   *
   * @return the model
   */
  @Benchmark
  public GraphTopology read() {
    return TopologyJson.read(JSON);
  }
}
