package io.lva.iot;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;

/** Requests of tests, and how their answers are read. */
final class Requests {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Requests() {}

  static String topology(String name) {
    return """
    {"name": "%s", "@apiVersion": "2.0", "properties": {
      "parameters": [
        {"name": "rtspUrl", "type": "String"},
        {"name": "rtspPassword", "type": "SecretString", "default": "dummy"}],
      "sources": [{"@type": "#Microsoft.Media.MediaGraphRtspSource", "name": "rtspSource",
        "endpoint": {"@type": "#Microsoft.Media.MediaGraphUnsecuredEndpoint", "url": "${rtspUrl}",
          "credentials": {"@type": "#Microsoft.Media.MediaGraphUsernamePasswordCredentials",
            "username": "user", "password": "${rtspPassword}"}}}],
      "sinks": [{"@type": "#Microsoft.Media.MediaGraphAssetSink", "name": "assetSink",
        "inputs": [{"nodeName": "rtspSource"}], "assetNamePattern": "a-${System.DateTime}",
        "segmentLength": "PT30S", "localMediaCacheMaximumSizeMiB": "20",
        "localMediaCachePath": "/tmp"}]}}"""
        .formatted(name);
  }

  static String instance(String name, String topology) {
    return """
    {"@apiVersion": "2.0", "name": "%s", "properties": {"topologyName": "%s",
      "description": "a camera", "parameters": [
        {"name": "rtspUrl", "value": "rtsp://10.0.0.5/main"},
        {"name": "rtspPassword", "value": "geheim"}]}}"""
        .formatted(name, topology);
  }

  static String named(String name) {
    return "{\"@apiVersion\":\"2.0\",\"name\":\"" + name + "\"}";
  }

  static JsonNode json(Answer answer) {
    try {
      return JSON.readTree(answer.payload());
    } catch (JsonProcessingException e) {
      throw new AssertionError("no JSON: " + answer, e);
    }
  }

  /** Returns the codes of the details, or the code of the error when it has none. */
  static List<String> codes(Answer answer) {
    JsonNode error = json(answer).path("error");
    List<String> codes = new ArrayList<>();
    error.path("details").forEach(detail -> codes.add(detail.path("code").asText()));
    return codes.isEmpty() ? List.of(error.path("code").asText()) : codes;
  }
}
