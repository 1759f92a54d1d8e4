package io.lva.graph.json;

import static io.lva.graph.json.WrongTopology.row;

import java.util.List;
import java.util.stream.Stream;

/** What clients get wrong: each row breaks a rule of one section of the contract (1.1 to 1.9). */
final class WrongTopologies {
  private WrongTopologies() {}

  static List<WrongTopology> all() {
    return Stream.of(
            envelope(),
            parameters(),
            substitution(),
            names(),
            sources(),
            sourcesMore(),
            processors(),
            processorsMore(),
            sinks(),
            sinksMore(),
            inputs(),
            connections(),
            connectionsMore())
        .flatMap(List::stream)
        .toList();
  }

  private static List<WrongTopology> envelope() {
    return List.of(
        row("1.1", "no version", "cvr")
            .remove("/@apiVersion")
            .finds("PropertyRequired $.@apiVersion"),
        row("1.1", "unknown version", "cvr")
            .set("/@apiVersion", "'3.0'")
            .finds("ApiVersionNotSupported $.@apiVersion"),
        row("1.1", "no name", "cvr").remove("/name").finds("PropertyRequired $.name"),
        row("1.1", "no properties", "cvr")
            .remove("/properties")
            .finds("PropertyRequired $.properties"),
        row("1.1", "sources is an object", "cvr")
            .set("/properties/sources", "{}")
            .finds(
                "PropertyTypeInvalid $.properties.sources",
                "GraphValidationError $.properties.sources",
                "GraphValidationError $.properties.sinks[0].inputs[0].nodeName"),
        row("1.1", "a node is a number", "cvr")
            .add("/properties/sinks", "5")
            .finds("PropertyTypeInvalid $.properties.sinks[1]"));
  }

  private static List<WrongTopology> parameters() {
    return List.of(
        row("1.2", "parameter without name", "cvr")
            .add("/properties/parameters", "{'type':'String'}")
            .finds("PropertyRequired $.properties.parameters[3].name"),
        row("1.2", "parameter without type", "cvr")
            .remove("/properties/parameters/0/type")
            .finds("PropertyRequired $.properties.parameters[0].type"),
        row("1.2", "parameter of unknown type", "cvr")
            .set("/properties/parameters/0/type", "'Long'")
            .finds("PropertyValueInvalid $.properties.parameters[0].type"),
        row("1.2", "parameter name of 65 characters", "cvr")
            .add(
                "/properties/parameters",
                "{'name':'ppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppp','type':'String'}")
            .finds("PropertyValueOutOfRange $.properties.parameters[3].name"),
        row("1.2", "parameter declared twice", "cvr")
            .add("/properties/parameters", "{'name':'cameraUrl','type':'String'}")
            .finds("ParameterDuplicate $.properties.parameters[3].name"),
        row("1.2", "default of an Int is no number", "cvr")
            .add("/properties/parameters", "{'name':'n','type':'Int','default':'ten'}")
            .finds("ParameterValueInvalid $.properties.parameters[3].default"),
        row("1.2", "default of an Int is too large", "cvr")
            .add("/properties/parameters", "{'name':'n','type':'Int','default':'2147483648'}")
            .finds("ParameterValueInvalid $.properties.parameters[3].default"),
        row("1.2", "default of a Double is no number", "cvr")
            .add("/properties/parameters", "{'name':'n','type':'Double','default':'NaN'}")
            .finds("ParameterValueInvalid $.properties.parameters[3].default"),
        row("1.2", "default of a Bool is neither", "cvr")
            .add("/properties/parameters", "{'name':'n','type':'Bool','default':'yes'}")
            .finds("ParameterValueInvalid $.properties.parameters[3].default"),
        row("1.2", "secret in a printed property", "cvr")
            .set("/properties/sinks/0/assetNamePattern", "'a-${cameraPassword}'")
            .finds("SecretNotAllowed $.properties.sinks[0].assetNamePattern"));
  }

  private static List<WrongTopology> substitution() {
    return List.of(
        row("1.3", "undeclared parameter", "cvr")
            .set("/properties/sinks/0/assetNamePattern", "'a-${site}'")
            .finds("ParameterNotDeclared $.properties.sinks[0].assetNamePattern"),
        row("1.3", "unknown system variable", "cvr")
            .set("/properties/sinks/0/assetNamePattern", "'a-${System.Date}'")
            .finds("ParameterNotDeclared $.properties.sinks[0].assetNamePattern"),
        row("1.3", "parameter named like a system variable", "cvr")
            .add("/properties/parameters", "{'name':'System.Site','type':'String'}")
            .finds("PropertyValueInvalidPattern $.properties.parameters[3].name"),
        row("1.3", "undeclared parameter in an unknown node", "everything")
            .set("/properties/processors/6/strength", "'${strength}'")
            .finds("ParameterNotDeclared $.properties.processors[6]"),
        row("1.3", "precise time in an asset name", "cvr")
            .set("/properties/sinks/0/assetNamePattern", "'a-${System.PreciseDateTime}'")
            .finds("PropertyValueInvalidPattern $.properties.sinks[0].assetNamePattern"));
  }

  private static List<WrongTopology> names() {
    return List.of(
        row("1.4", "name of 33 characters", "cvr")
            .set("/name", "'nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn'")
            .finds("PropertyValueInvalidPattern $.name"),
        row("1.4", "name with a leading dash", "cvr")
            .set("/name", "'-front'")
            .finds("PropertyValueInvalidPattern $.name"),
        row("1.4", "name with a trailing dash", "cvr")
            .set("/name", "'front-'")
            .finds("PropertyValueInvalidPattern $.name"),
        row("1.4", "name with a blank", "cvr")
            .set("/name", "'front door'")
            .finds("PropertyValueInvalidPattern $.name"),
        row("1.4", "name with an underscore", "cvr")
            .set("/name", "'front_door'")
            .finds("PropertyValueInvalidPattern $.name"),
        row("1.4", "two nodes of one name", "gated")
            .set("/properties/sinks/1/name", "'archive'")
            .finds("GraphValidationError $.properties.sinks[1].name"),
        row("1.4", "node without name", "gated")
            .remove("/properties/sinks/1/name")
            .finds("PropertyRequired $.properties.sinks[1].name"),
        row("1.4", "node of an empty name", "gated")
            .set("/properties/sinks/1/name", "''")
            .finds("PropertyRequired $.properties.sinks[1].name"));
  }

  private static List<WrongTopology> sources() {
    return List.of(
        row("1.5", "node without type", "cvr")
            .remove("/properties/sources/0/@type")
            .finds("PropertyRequired $.properties.sources[0].@type"),
        row("1.5", "sink among the sources", "cvr")
            .add(
                "/properties/sources",
                "{'@type':'#Microsoft.Media.MediaGraphAssetSink','name':'x'}")
            .finds("TypeMisplaced $.properties.sources[1].@type"),
        row("1.5", "no endpoint", "cvr")
            .remove("/properties/sources/0/endpoint")
            .finds("PropertyRequired $.properties.sources[0].endpoint"),
        row("1.5", "endpoint is a text", "cvr")
            .set("/properties/sources/0/endpoint", "'rtsp://x/'")
            .finds("PropertyTypeInvalid $.properties.sources[0].endpoint"),
        row("1.5", "endpoint without type", "cvr")
            .remove("/properties/sources/0/endpoint/@type")
            .finds("PropertyRequired $.properties.sources[0].endpoint.@type"),
        row("1.5", "endpoint of unknown type", "cvr")
            .set(
                "/properties/sources/0/endpoint/@type", "'#Microsoft.Media.MediaGraphQuicEndpoint'")
            .finds("TypeUnknown $.properties.sources[0].endpoint.@type"),
        row("1.5", "no URL", "cvr")
            .remove("/properties/sources/0/endpoint/url")
            .finds("PropertyRequired $.properties.sources[0].endpoint.url"),
        row("1.5", "URL without host", "cvr")
            .set("/properties/sources/0/endpoint/url", "'rtsp:main'")
            .finds("PropertyValueInvalid $.properties.sources[0].endpoint.url"),
        row("1.5", "camera behind HTTP", "cvr")
            .set("/properties/sources/0/endpoint/url", "'http://10.0.0.5/main'")
            .finds("RtspEndpointUrlInvalidScheme $.properties.sources[0]"),
        row("1.5", "rtsps without TLS", "cvr")
            .set("/properties/sources/0/endpoint/url", "'rtsps://10.0.0.5/main'")
            .finds("RtspEndpointUrlInvalidScheme $.properties.sources[0]"),
        row("1.5", "unknown transport", "cvr")
            .set("/properties/sources/0/transport", "'Udp'")
            .finds("PropertyValueInvalid $.properties.sources[0].transport"));
  }

  private static List<WrongTopology> sourcesMore() {
    return List.of(
        row("1.5", "unknown credentials", "cvr")
            .set(
                "/properties/sources/0/endpoint/credentials/@type",
                "'#Microsoft.Media.MediaGraphTokenCredentials'")
            .finds("TypeUnknown $.properties.sources[0].endpoint.credentials.@type"),
        row("1.5", "no user name", "cvr")
            .remove("/properties/sources/0/endpoint/credentials/username")
            .finds("PropertyRequired $.properties.sources[0].endpoint.credentials.username"),
        row("1.5", "no password in 2.0", "cvr")
            .remove("/properties/sources/0/endpoint/credentials/password")
            .finds("PropertyRequired $.properties.sources[0].endpoint.credentials.password"),
        row("1.5", "header credentials without value", "everything")
            .remove("/properties/processors/2/endpoint/credentials/headerValue")
            .finds("PropertyRequired $.properties.processors[2].endpoint.credentials.headerValue"),
        row("1.5", "certificates missing", "everything")
            .remove("/properties/sources/0/endpoint/trustedCertificates/certificates")
            .finds(
                "PropertyRequired $.properties.sources[0].endpoint.trustedCertificates.certificates"),
        row("1.5", "certificates is a text", "everything")
            .set("/properties/sources/0/endpoint/trustedCertificates/certificates", "'x'")
            .finds(
                "PropertyTypeInvalid $.properties.sources[0].endpoint.trustedCertificates.certificates"),
        row("1.5", "validation option is no truth value", "everything")
            .set("/properties/sources/0/endpoint/validationOptions/ignoreHostname", "'maybe'")
            .finds(
                "PropertyValueInvalid $.properties.sources[0].endpoint.validationOptions.ignoreHostname"),
        row("1.5", "gRPC behind http", "everything")
            .set("/properties/processors/3/endpoint/url", "'http://x/'")
            .finds("EndpointUrlInvalidScheme $.properties.processors[3].endpoint.url"),
        row("1.5", "HTTP extension behind tcp", "everything")
            .set("/properties/processors/2/endpoint/url", "'tcp://x:1'")
            .finds("EndpointUrlInvalidScheme $.properties.processors[2].endpoint.url"),
        row("1.5", "validation options for gRPC", "everything")
            .set(
                "/properties/processors/3/endpoint/@type",
                "'#Microsoft.Media.MediaGraphTlsEndpoint'")
            .set("/properties/processors/3/endpoint/validationOptions", "{'ignoreHostname':'true'}")
            .finds("ModuleValidationError $.properties.processors[3].endpoint.validationOptions"),
        row("1.5", "source with inputs", "gated")
            .add(
                "/properties/sources",
                "{'@type':'#Microsoft.Media.MediaGraphIoTHubMessageSource','name':'t','hubInputName':''}")
            .finds(
                "PropertyValueInvalidPattern $.properties.sources[1].hubInputName",
                "GraphValidationError $.properties.sources[1]"));
  }

  private static List<WrongTopology> processors() {
    return List.of(
        row("1.6", "unknown sensitivity", "gated")
            .set("/properties/processors/0/sensitivity", "'extreme'")
            .finds("PropertyValueInvalid $.properties.processors[0].sensitivity"),
        row("1.6", "negative aggregation window", "gated")
            .set("/properties/processors/0/eventAggregationWindow", "'-PT1S'")
            .finds("PropertyValueOutOfRange $.properties.processors[0].eventAggregationWindow"),
        row("1.6", "frame rate filter in 2.0", "gated")
            .add(
                "/properties/processors",
                "{'@type':'#Microsoft.Media.MediaGraphFrameRateFilterProcessor','name':'f','maximumFps':'5','inputs':[{'nodeName':'motion'}]}")
            .finds("ApiVersionMismatch $.properties.processors[2].@type"),
        row("1.6", "frame rate of zero", "version1")
            .set("/properties/processors/2/maximumFps", "0")
            .finds("PropertyValueOutOfRange $.properties.processors[2].maximumFps"),
        row("1.6", "frame rate is no number", "version1")
            .set("/properties/processors/2/maximumFps", "'fast'")
            .finds("PropertyValueInvalid $.properties.processors[2].maximumFps"),
        row("1.6", "extension without endpoint", "everything")
            .remove("/properties/processors/2/endpoint")
            .finds("PropertyRequired $.properties.processors[2].endpoint"),
        row("1.6", "extension without image in 2.0", "everything")
            .remove("/properties/processors/2/image")
            .finds("PropertyRequired $.properties.processors[2].image"),
        row("1.6", "no data transfer", "everything")
            .remove("/properties/processors/3/dataTransfer")
            .finds("PropertyRequired $.properties.processors[3].dataTransfer"),
        row("1.6", "data transfer without mode", "everything")
            .remove("/properties/processors/3/dataTransfer/mode")
            .finds("PropertyRequired $.properties.processors[3].dataTransfer.mode"),
        row("1.6", "shared memory while embedded", "everything")
            .set("/properties/processors/3/dataTransfer/mode", "'embedded'")
            .finds(
                "ModuleValidationError $.properties.processors[3].dataTransfer.SharedMemorySizeMiB"),
        row("1.6", "no shared memory", "everything")
            .set("/properties/processors/3/dataTransfer/SharedMemorySizeMiB", "0")
            .finds(
                "PropertyValueOutOfRange $.properties.processors[3].dataTransfer.SharedMemorySizeMiB"),
        row("1.6", "width of zero", "everything")
            .set("/properties/processors/2/image/scale/width", "'0'")
            .finds("PropertyValueOutOfRange $.properties.processors[2].image.scale.width"),
        row("1.6", "unknown scale mode", "everything")
            .set("/properties/processors/2/image/scale/mode", "'crop'")
            .finds("PropertyValueInvalid $.properties.processors[2].image.scale.mode"));
  }

  private static List<WrongTopology> processorsMore() {
    return List.of(
        row("1.6", "quality over 100", "version1")
            .set("/properties/processors/3/image/format/quality", "'101'")
            .finds("PropertyValueOutOfRange $.properties.processors[3].image.format.quality"),
        row("1.6", "image format of 1.0 in 2.0", "everything")
            .set(
                "/properties/processors/2/image/format",
                "{'@type':'#Microsoft.Media.MediaGraphImageFormatEncoded'}")
            .finds("ApiVersionMismatch $.properties.processors[2].image.format.@type"),
        row("1.6", "image format of 2.0 in 1.0", "version1")
            .set(
                "/properties/processors/3/image/format",
                "{'@type':'#Microsoft.Media.MediaGraphImageFormatPng'}")
            .finds("ApiVersionMismatch $.properties.processors[3].image.format.@type"),
        row("1.6", "raw image without pixel format", "everything")
            .remove("/properties/processors/3/image/format/pixelFormat")
            .finds("PropertyRequired $.properties.processors[3].image.format.pixelFormat"),
        row("1.6", "unknown pixel format", "everything")
            .set("/properties/processors/3/image/format/pixelFormat", "'rgb48'")
            .finds("PropertyValueInvalid $.properties.processors[3].image.format.pixelFormat"),
        row("1.6", "sampling in 1.0", "version1")
            .set("/properties/processors/3/samplingOptions", "{'maximumSamplesPerSecond':'5'}")
            .finds("ApiVersionMismatch $.properties.processors[3].samplingOptions"),
        row("1.6", "negative sampling rate", "everything")
            .set("/properties/processors/2/samplingOptions/maximumSamplesPerSecond", "-1")
            .finds(
                "PropertyValueOutOfRange $.properties.processors[2].samplingOptions.maximumSamplesPerSecond"),
        row("1.6", "evaluation window over 10 s", "gated")
            .set("/properties/processors/1/activationEvaluationWindow", "'PT10.001S'")
            .finds("PropertyValueOutOfRange $.properties.processors[1].activationEvaluationWindow"),
        row("1.6", "offset over a minute", "gated")
            .set("/properties/processors/1/activationSignalOffset", "'-PT61S'")
            .finds("PropertyValueOutOfRange $.properties.processors[1].activationSignalOffset"),
        row("1.6", "minimum under a second", "gated")
            .set("/properties/processors/1/minimumActivationTime", "'PT0.5S'")
            .finds("PropertyValueOutOfRange $.properties.processors[1].minimumActivationTime"),
        row("1.6", "maximum over an hour", "gated")
            .set("/properties/processors/1/maximumActivationTime", "'PT1H1S'")
            .finds("PropertyValueOutOfRange $.properties.processors[1].maximumActivationTime"),
        row("1.6", "minimum over maximum", "gated")
            .set("/properties/processors/1/minimumActivationTime", "'PT3M'")
            .finds("ModuleValidationError $.properties.processors[1].minimumActivationTime"),
        row("1.6", "duration is a number of seconds", "gated")
            .set("/properties/processors/1/minimumActivationTime", "'30 s'")
            .finds("PropertyValueInvalid $.properties.processors[1].minimumActivationTime"),
        row("1.6", "output name of 51 characters", "gated")
            .set(
                "/properties/sinks/1/hubOutputName",
                "'ooooooooooooooooooooooooooooooooooooooooooooooooooo'")
            .finds("PropertyValueInvalidPattern $.properties.sinks[1].hubOutputName"));
  }

  private static List<WrongTopology> sinks() {
    return List.of(
        row("1.7", "no asset name", "cvr")
            .remove("/properties/sinks/0/assetNamePattern")
            .finds("PropertyRequired $.properties.sinks[0].assetNamePattern"),
        row("1.7", "asset name with a slash", "cvr")
            .set("/properties/sinks/0/assetNamePattern", "'a/${System.DateTime}'")
            .finds("PropertyValueInvalidPattern $.properties.sinks[0].assetNamePattern"),
        row("1.7", "constant asset name with a dot", "cvr")
            .set("/properties/sinks/0/assetNamePattern", "'front.door'")
            .finds("PropertyValueInvalidPattern $.properties.sinks[0].assetNamePattern"),
        row("1.7", "asset name of 261 characters", "cvr")
            .set(
                "/properties/sinks/0/assetNamePattern",
                "'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'")
            .finds("PropertyValueInvalidPattern $.properties.sinks[0].assetNamePattern"),
        row("1.7", "segment under 30 s", "cvr")
            .set("/properties/sinks/0/segmentLength", "'PT15S'")
            .finds("PropertyValueOutOfRange $.properties.sinks[0].segmentLength"),
        row("1.7", "segment over 5 min", "cvr")
            .set("/properties/sinks/0/segmentLength", "'PT5M30S'")
            .finds("PropertyValueOutOfRange $.properties.sinks[0].segmentLength"),
        row("1.7", "segment between steps", "cvr")
            .set("/properties/sinks/0/segmentLength", "'PT45S'")
            .finds("PropertyValueOutOfRange $.properties.sinks[0].segmentLength"),
        row("1.7", "no cache path", "cvr")
            .remove("/properties/sinks/0/localMediaCachePath")
            .finds("PropertyRequired $.properties.sinks[0].localMediaCachePath"),
        row("1.7", "no cache size", "cvr")
            .remove("/properties/sinks/0/localMediaCacheMaximumSizeMiB")
            .finds("PropertyRequired $.properties.sinks[0].localMediaCacheMaximumSizeMiB"));
  }

  private static List<WrongTopology> sinksMore() {
    return List.of(
        row("1.7", "cache size of zero", "cvr")
            .set("/properties/sinks/0/localMediaCacheMaximumSizeMiB", "'0'")
            .finds("PropertyValueOutOfRange $.properties.sinks[0].localMediaCacheMaximumSizeMiB"),
        row("1.7", "cache size with a unit, in the casing of the request", "version1")
            .set("/properties/sinks/0/LocalMediaCacheMaximumSizeMiB", "'2 GiB'")
            .finds("PropertyValueInvalid $.properties.sinks[0].LocalMediaCacheMaximumSizeMiB"),
        row("1.7", "cache size of zero, in the casing of the request", "early")
            .set("/properties/sinks/0/LocalMediaCacheMaximumSizeMb", "0")
            .finds("PropertyValueOutOfRange $.properties.sinks[0].LocalMediaCacheMaximumSizeMb"),
        row("1.7", "file path of 1.0 in 2.0", "everything")
            .set("/properties/sinks/1/filePathPattern", "'/var/media/x'")
            .finds("ApiVersionMismatch $.properties.sinks[1].filePathPattern"),
        row("1.7", "folder of 2.0 in 1.0", "version1")
            .set("/properties/sinks/1/baseDirectoryPath", "'/var/media'")
            .finds("ApiVersionMismatch $.properties.sinks[1].baseDirectoryPath"),
        row("1.7", "relative file path", "version1")
            .set("/properties/sinks/1/filePathPattern", "'media/x'")
            .finds("PropertyValueInvalidPattern $.properties.sinks[1].filePathPattern"),
        row("1.7", "no file path in 1.0", "version1")
            .remove("/properties/sinks/1/filePathPattern")
            .finds("PropertyRequired $.properties.sinks[1].filePathPattern"),
        row("1.7", "relative folder", "everything")
            .set("/properties/sinks/1/baseDirectoryPath", "'media'")
            .finds("PropertyValueInvalidPattern $.properties.sinks[1].baseDirectoryPath"),
        row("1.7", "file sink of 2.0 without limit", "everything")
            .remove("/properties/sinks/1/maximumSizeMiB")
            .finds("PropertyRequired $.properties.sinks[1].maximumSizeMiB"),
        row("1.7", "no output name in 2.0", "gated")
            .remove("/properties/sinks/1/hubOutputName")
            .finds("PropertyRequired $.properties.sinks[1].hubOutputName"));
  }

  private static List<WrongTopology> inputs() {
    return List.of(
        row("1.8", "no inputs", "cvr")
            .remove("/properties/sinks/0/inputs")
            .finds(
                "PropertyRequired $.properties.sinks[0].inputs",
                "GraphValidationError $.properties.sinks[0].inputs",
                "GraphValidationError $.properties.sources[0]"),
        row("1.8", "input without node", "cvr")
            .remove("/properties/sinks/0/inputs/0/nodeName")
            .finds(
                "PropertyRequired $.properties.sinks[0].inputs[0].nodeName",
                "GraphValidationError $.properties.sources[0]"),
        row("1.8", "selector without value", "gated")
            .remove("/properties/processors/0/inputs/0/outputSelectors/0/value")
            .finds(
                "PropertyRequired $.properties.processors[0].inputs[0].outputSelectors[0].value"),
        row("1.8", "selector of another property", "gated")
            .set("/properties/processors/0/inputs/0/outputSelectors/0/property", "'codec'")
            .finds(
                "PropertyValueInvalid $.properties.processors[0].inputs[0].outputSelectors[0].property"),
        row("1.8", "unknown operator", "gated")
            .set("/properties/processors/0/inputs/0/outputSelectors/0/operator", "'like'")
            .finds(
                "PropertyValueInvalid $.properties.processors[0].inputs[0].outputSelectors[0].operator"),
        row("1.8", "audio into a motion detector", "gated")
            .set("/properties/processors/0/inputs/0/outputSelectors/0/value", "'audio'")
            .finds("GraphValidationError $.properties.processors[0].inputs[0]"),
        row("1.8", "audio of a gate that got video", "gated")
            .set(
                "/properties/sinks/0/inputs/0/outputSelectors",
                "[{'property':'mediaType','operator':'is','value':'audio'}]")
            .finds("GraphValidationError $.properties.sinks[0].inputs[0]"),
        row("1.8", "camera into a message sink", "gated")
            .set("/properties/sinks/1/inputs/0/nodeName", "'camera'")
            .finds("GraphValidationError $.properties.sinks[1].inputs[0]"));
  }

  private static List<WrongTopology> connections() {
    return List.of(
        row("1.9", "unknown node", "cvr")
            .set("/properties/sinks/0/inputs/0/nodeName", "'kamera'")
            .finds(
                "GraphValidationError $.properties.sinks[0].inputs[0].nodeName",
                "GraphValidationError $.properties.sources[0]"),
        row("1.9", "node name in another case", "gated")
            .set("/properties/sinks/1/inputs/0/nodeName", "'Motion'")
            .finds("GraphValidationError $.properties.sinks[1].inputs[0].nodeName"),
        row("1.9", "two cameras", "cvr")
            .add(
                "/properties/sources",
                "{'@type':'#Microsoft.Media.MediaGraphRtspSource','name':'two','endpoint':{'@type':'#Microsoft.Media.MediaGraphUnsecuredEndpoint','url':'rtsp://x/'}}")
            .add("/properties/sinks/0/inputs", "{'nodeName':'two'}")
            .finds("GraphValidationError $.properties.sources[1]"),
        row("1.9", "no source", "cvr")
            .set("/properties/sources", "[]")
            .finds(
                "GraphValidationError $.properties.sources",
                "GraphValidationError $.properties.sinks[0].inputs[0].nodeName"),
        row("1.9", "no sink", "gated")
            .set("/properties/sinks", "[]")
            .finds("GraphValidationError $.properties.sinks"),
        row("1.9", "camera without anything", "cvr")
            .set("/properties/sinks", "[]")
            .finds(
                "GraphValidationError $.properties.sinks",
                "GraphValidationError $.properties.sources[0]"),
        row("1.9", "orphan source", "cvr")
            .add(
                "/properties/sources",
                "{'@type':'#Microsoft.Media.MediaGraphIoTHubMessageSource','name':'t','hubInputName':'x'}")
            .finds("GraphValidationError $.properties.sources[1]"),
        row("1.9", "motion detector behind a gate", "gated")
            .add(
                "/properties/processors",
                "{'@type':'#Microsoft.Media.MediaGraphMotionDetectionProcessor','name':'m2','inputs':[{'nodeName':'gate'}]}")
            .finds("GraphValidationError $.properties.processors[2].inputs[0].nodeName"),
        row("1.9", "motion detectors in a chain", "gated")
            .add(
                "/properties/processors",
                "{'@type':'#Microsoft.Media.MediaGraphMotionDetectionProcessor','name':'m2','inputs':[{'nodeName':'motion'}]}")
            .finds("GraphValidationError $.properties.processors[2].inputs[0].nodeName"),
        row("1.9", "motion detector behind an extension", "everything")
            .set("/properties/processors/0/inputs", "[{'nodeName':'vision'}]")
            .finds("GraphValidationError $.properties.processors[0].inputs[0].nodeName"),
        row("1.9", "two motion detectors in 1.0", "version1")
            .add(
                "/properties/processors",
                "{'@type':'#Microsoft.Media.MediaGraphMotionDetectionProcessor','name':'m2','inputs':[{'nodeName':'camera'}]}")
            .finds("GraphValidationError $.properties.processors[4]"),
        row("1.9", "two extensions in 1.0", "version1")
            .add(
                "/properties/processors",
                "{'@type':'#Microsoft.Media.MediaGraphHttpExtension','name':'h2','endpoint':{'@type':'#Microsoft.Media.MediaGraphUnsecuredEndpoint','url':'http://x/'},'inputs':[{'nodeName':'slower'}]}")
            .finds("GraphValidationError $.properties.processors[4]"),
        row("1.9", "filter beside the motion detector", "version1")
            .set("/properties/processors/2/inputs/0/nodeName", "'camera'")
            .finds("GraphValidationError $.properties.processors[2].inputs"),
        row("1.9", "filter behind an extension", "version1")
            .set("/properties/processors/2/inputs", "[{'nodeName':'gate'}]")
            .finds(
                "GraphValidationError $.properties.processors[2].inputs[0].nodeName",
                "GraphValidationError $.properties.processors[2].inputs"));
  }

  private static List<WrongTopology> connectionsMore() {
    return List.of(
        row("1.9", "gate without camera", "gated")
            .set("/properties/processors/1/inputs", "[{'nodeName':'motion'},{'nodeName':'motion'}]")
            .finds("GraphValidationError $.properties.processors[1].inputs"),
        row("1.9", "gate without events", "gated")
            .set("/properties/processors/1/inputs", "[{'nodeName':'camera'},{'nodeName':'camera'}]")
            .finds("GraphValidationError $.properties.processors[1].inputs"),
        row("1.9", "gate with one input", "gated")
            .set("/properties/processors/1/inputs", "[{'nodeName':'camera'}]")
            .finds("GraphValidationError $.properties.processors[1].inputs"),
        row("1.9", "gates in a chain", "everything")
            .set("/properties/processors/5/inputs", "[{'nodeName':'gate'},{'nodeName':'camera'}]")
            .finds(
                "GraphValidationError $.properties.sources[1]",
                "GraphValidationError $.properties.processors[5].inputs[0].nodeName",
                "GraphValidationError $.properties.processors[5].inputs"),
        row("1.9", "asset sink behind a motion detector", "gated")
            .set("/properties/sinks/0/inputs/0/nodeName", "'motion'")
            .finds("GraphValidationError $.properties.sinks[0].inputs[0].nodeName"),
        row("1.9", "file sink behind the camera", "everything")
            .set("/properties/sinks/1/inputs", "[{'nodeName':'camera'}]")
            .finds("GraphValidationError $.properties.sinks[1].inputs[0].nodeName"),
        row("1.9", "file sink behind an extension", "everything")
            .set("/properties/sinks/1/inputs", "[{'nodeName':'vision'}]")
            .finds("GraphValidationError $.properties.sinks[1].inputs[0].nodeName"),
        row("1.9", "two asset sinks in 1.0", "version1")
            .add(
                "/properties/sinks",
                "{'@type':'#Microsoft.Media.MediaGraphAssetSink','name':'a2','assetNamePattern':'x','localMediaCachePath':'/c','localMediaCacheMaximumSizeMiB':'5','inputs':[{'nodeName':'gate'}]}")
            .finds("GraphValidationError $.properties.sinks[3]"),
        row("1.9", "asset sink not gated beside a file sink in 1.0", "version1")
            .set("/properties/sinks/0/inputs/0/nodeName", "'camera'")
            .finds("GraphValidationError $.properties.sinks[0].inputs"),
        row("1.9", "messages straight back to the hub", "everything")
            .set("/properties/sinks/2/inputs/0/nodeName", "'trigger'")
            .finds("GraphValidationError $.properties.sinks[2].inputs[0].nodeName"),
        row("1.9", "input is a sink", "gated")
            .set("/properties/sinks/1/inputs/0/nodeName", "'archive'")
            .finds("GraphValidationError $.properties.sinks[1].inputs[0].nodeName"),
        row("1.9", "a cycle", "everything")
            .set("/properties/processors/2/inputs", "[{'nodeName':'grpc'}]")
            .finds(
                "GraphValidationError $.properties.processors[2].inputs",
                "GraphValidationError $.properties.processors[3].inputs",
                "GraphValidationError $.properties.processors[2]"),
        row("1.9", "a node behind itself", "everything")
            .set("/properties/processors/4/inputs", "[{'nodeName':'vision'}]")
            .finds(
                "GraphValidationError $.properties.processors[4].inputs",
                "GraphValidationError $.properties.processors[4]"),
        row("1.9", "two parts", "everything")
            .add("/properties/sources", "{'@type':'#Contoso.File','name':'file'}")
            .set("/properties/processors/6/inputs", "[{'nodeName':'file'}]")
            .finds("GraphValidationError $.properties.sources[2]"));
  }
}
