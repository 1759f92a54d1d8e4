package io.lva.graph;

/** Kinds of problem; docs/contract.md says what each means. Texts never change. */
public enum ProblemCode {
  /** The text is not JSON, not an object, too long or too deep. */
  JSON_INVALID("JsonInvalid"),
  /** The version of the contract is unknown; a missing one is {@link #PROPERTY_REQUIRED}. */
  API_VERSION_NOT_SUPPORTED("ApiVersionNotSupported"),
  /** A property is missing, or is empty and must not be. */
  PROPERTY_REQUIRED("PropertyRequired"),
  /** A property has the wrong kind of JSON value. */
  PROPERTY_TYPE_INVALID("PropertyTypeInvalid"),
  /** A text is not a number, a duration, a URL or one of a list of names, as it must be. */
  PROPERTY_VALUE_INVALID("PropertyValueInvalid"),
  /** A text contains characters that are not allowed, or does not have the required form. */
  PROPERTY_VALUE_INVALID_PATTERN("PropertyValueInvalidPattern"),
  /** A value is too small, too large or between two allowed steps. */
  PROPERTY_VALUE_OUT_OF_RANGE("PropertyValueOutOfRange"),
  /** The URL of an RTSP source has a scheme that its endpoint cannot use. */
  RTSP_ENDPOINT_URL_INVALID_SCHEME("RtspEndpointUrlInvalidScheme"),
  /** The URL of an extension has a scheme that it cannot use. */
  ENDPOINT_URL_INVALID_SCHEME("EndpointUrlInvalidScheme"),
  /** The type of a part of a node is unknown. */
  TYPE_UNKNOWN("TypeUnknown"),
  /** A node type is in the list of another kind of node. */
  TYPE_MISPLACED("TypeMisplaced"),
  /** The version of the topology does not have a type or a property. */
  API_VERSION_MISMATCH("ApiVersionMismatch"),
  /**
   * Two nodes have the same name, a node is missing or is one too many, or nodes are not connected
   * as they must be.
   */
  GRAPH_VALIDATION("GraphValidationError"),
  /** Properties of one node contradict each other. */
  MODULE_VALIDATION("ModuleValidationError"),
  /** A parameter is used or given a value, but not declared. */
  PARAMETER_NOT_DECLARED("ParameterNotDeclared"),
  /** A parameter is declared or given a value twice. */
  PARAMETER_DUPLICATE("ParameterDuplicate"),
  /** A parameter without a default has no value. */
  PARAMETER_VALUE_REQUIRED("ParameterValueRequired"),
  /** The value or the default of a parameter does not fit its type, or the property it fills. */
  PARAMETER_VALUE_INVALID("ParameterValueInvalid"),
  /** A secret parameter fills a property that may be printed. */
  SECRET_NOT_ALLOWED("SecretNotAllowed"),
  /** A parameter is declared but not used. A warning. */
  PARAMETER_UNUSED("ParameterUnused", true),
  /** A property is not part of the contract and has no effect. A warning. */
  PROPERTY_UNKNOWN("PropertyUnknown", true),
  /** A property has no effect in combination with the others. A warning. */
  PROPERTY_IGNORED("PropertyIgnored", true),
  /** A URL holds a user name or a password. A warning. */
  CREDENTIALS_IN_URL("CredentialsInUrl", true),
  /** No node is connected to the output of a processor. A warning. */
  OUTPUT_UNUSED("OutputUnused", true),
  /** A parameter fills a password or header value, but is not declared as a secret. A warning. */
  PARAMETER_NOT_SECRET("ParameterNotSecret", true);

  private final String text;
  private final boolean warning;

  ProblemCode(String text) {
    this(text, false);
  }

  ProblemCode(String text, boolean warning) {
    this.text = text;
    this.warning = warning;
  }

  /**
   * Returns the code as it appears in answers.
   *
   * @return the code, such as {@code GraphValidationError}
   */
  public String text() {
    return text;
  }

  /**
   * Returns whether a topology that has such a problem is accepted all the same.
   *
   * @return true for a warning
   */
  public boolean warning() {
    return warning;
  }
}
