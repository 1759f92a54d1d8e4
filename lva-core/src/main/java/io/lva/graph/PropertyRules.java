package io.lva.graph;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Values of properties: limits, versions, and what must not stand beside each other. */
final class PropertyRules implements PropertyWalk.Visitor {
  private static final Pattern NOT_IN_ASSET_NAMES = Pattern.compile("[<>%&:\\\\/?*+.']");

  private final ApiVersion version;
  private final Findings findings;

  private PropertyRules(ApiVersion version, Findings findings) {
    this.version = version;
    this.findings = findings;
  }

  static void check(GraphTopology topology, Findings findings) {
    PropertyWalk.visit(topology, new PropertyRules(topology.apiVersion(), findings));
  }

  @Override
  public <T> void value(Property<?> property, ValueType<T> type, Value<T> value, String path) {
    if (value instanceof Value.Literal<T> literal) {
      Limit.broken(property, literal.value())
          .ifPresent(
              limit ->
                  findings.add(
                      limit.code(), path, "'" + property + "' must " + limit.rule() + "."));
    } else if (property == AssetSink.ASSET_NAME_PATTERN) {
      assetNameTemplate(((Value.Template<T>) value).text(), path);
    }
  }

  /** What is known of the name before it is resolved. */
  private void assetNameTemplate(String text, String path) {
    boolean precise = Placeholders.names(text).contains(SystemVariables.PRECISE_DATE_TIME);
    String known = Placeholders.matcher(text).replaceAll("");
    if (precise || NOT_IN_ASSET_NAMES.matcher(known).find() || known.length() > 260) {
      findings.add(
          ProblemCode.PROPERTY_VALUE_INVALID_PATTERN,
          path,
          "'assetNamePattern' must match '"
              + Limit.ASSET_NAME
              + "' when it is resolved"
              + (precise ? "; the value of ${System.PreciseDateTime} contains a dot." : "."));
    }
  }

  @Override
  public void object(PropertyObject object, String path) {
    versions(object, path);
    if (object instanceof RtspSource source) {
      rtspScheme(source, path);
    } else if (object instanceof Extension extension) {
      extension(extension, path);
    } else if (object instanceof SignalGate gate) {
      gate(gate, path);
    } else if (object instanceof GrpcDataTransfer transfer) {
      transfer(transfer, path);
    } else if (object instanceof ImageFormat format) {
      quality(format, path);
    } else if (object instanceof Endpoint endpoint) {
      userInfo(endpoint, path);
    }
  }

  private void versions(PropertyObject object, String path) {
    ObjectType<?> type = object.objectType();
    if (!type.known(version)) {
      findings.add(
          ProblemCode.API_VERSION_MISMATCH,
          path + ".@type",
          "Version " + version.text() + " does not have the type '" + type + "'.");
    }
    for (Property<?> property : type.properties()) {
      if (!property.known(version) && object.settings().get(property).isPresent()) {
        findings.add(
            ProblemCode.API_VERSION_MISMATCH,
            path + "." + property,
            "Version " + version.text() + " does not have the property '" + property + "'.");
      }
    }
  }

  private void rtspScheme(RtspSource source, String path) {
    Optional<Endpoint> endpoint = source.find(RtspSource.ENDPOINT);
    boolean tls = endpoint.filter(TlsEndpoint.class::isInstance).isPresent();
    List<String> schemes = tls ? List.of("rtsp", "rtsps") : List.of("rtsp");
    scheme(endpoint)
        .filter(scheme -> !schemes.contains(scheme))
        .ifPresent(
            scheme ->
                findings.add(
                    ProblemCode.RTSP_ENDPOINT_URL_INVALID_SCHEME,
                    path,
                    "Uri scheme '"
                        + scheme
                        + "' is not valid for an RTSP source endpoint. Valid values are: "
                        + String.join(", ", schemes)));
  }

  private void extension(Extension extension, String path) {
    Optional<Endpoint> endpoint = extension.find(Extension.ENDPOINT);
    boolean http = extension instanceof HttpExtension;
    List<String> schemes = http ? List.of("http", "https") : List.of("tcp");
    scheme(endpoint)
        .filter(scheme -> !schemes.contains(scheme))
        .ifPresent(
            scheme ->
                findings.add(
                    ProblemCode.ENDPOINT_URL_INVALID_SCHEME,
                    path + ".endpoint.url",
                    "Uri scheme '"
                        + scheme
                        + "' is not valid for this endpoint. Valid values are: "
                        + String.join(", ", schemes)));
    if (!http && endpoint.flatMap(e -> e.find(TlsEndpoint.VALIDATION_OPTIONS)).isPresent()) {
      findings.add(
          ProblemCode.MODULE_VALIDATION,
          path + ".endpoint.validationOptions",
          "'validationOptions' is not supported for gRPC.");
    }
  }

  private static Optional<String> scheme(Optional<Endpoint> endpoint) {
    return endpoint
        .flatMap(e -> e.find(Endpoint.URL))
        .flatMap(PropertyRules::literal)
        .map(EndpointUrl::scheme);
  }

  private void userInfo(Endpoint endpoint, String path) {
    endpoint
        .find(Endpoint.URL)
        .map(url -> Value.text(url, ValueTypes.URL))
        .filter(text -> !EndpointUrl.withoutUserInfo(text).equals(text))
        .ifPresent(
            text ->
                findings.add(
                    ProblemCode.CREDENTIALS_IN_URL,
                    path + ".url",
                    "The URL holds a user; 'credentials' is the place for it."));
  }

  private void gate(SignalGate gate, String path) {
    Optional<Duration> minimum = gate.find(SignalGate.MINIMUM_TIME).flatMap(PropertyRules::literal);
    Optional<Duration> maximum = gate.find(SignalGate.MAXIMUM_TIME).flatMap(PropertyRules::literal);
    if (minimum.isPresent() && maximum.isPresent() && minimum.get().compareTo(maximum.get()) > 0) {
      findings.add(
          ProblemCode.MODULE_VALIDATION,
          path + ".minimumActivationTime",
          "'minimumActivationTime' must not be longer than 'maximumActivationTime'.");
    }
  }

  private void transfer(GrpcDataTransfer transfer, String path) {
    boolean embedded =
        transfer
            .find(GrpcDataTransfer.MODE)
            .flatMap(PropertyRules::literal)
            .filter(mode -> mode == GrpcDataTransfer.Mode.EMBEDDED)
            .isPresent();
    if (embedded && transfer.sharedMemorySizeMiB().isPresent()) {
      findings.add(
          ProblemCode.MODULE_VALIDATION,
          path + ".sharedMemorySizeMiB",
          "'sharedMemorySizeMiB' needs the mode 'SharedMemory'.");
    }
  }

  private void quality(ImageFormat format, String path) {
    boolean jpeg =
        format
            .encoding()
            .flatMap(PropertyRules::literal)
            .map(encoding -> encoding == ImageFormat.Encoding.JPEG)
            .orElse(true);
    if (!jpeg && format.quality().isPresent()) {
      findings.add(
          ProblemCode.PROPERTY_IGNORED,
          path + ".quality",
          "'quality' has a meaning for JPEG only.");
    }
  }

  private static <T> Optional<T> literal(Value<T> value) {
    return value instanceof Value.Literal<T> literal
        ? Optional.of(literal.value())
        : Optional.empty();
  }
}
