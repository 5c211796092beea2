/**
 * Exports spans by OTLP, with the official SDK.
 */
import { DiagLogLevel, diag } from '@opentelemetry/api'
import type { FastifyBaseLogger } from 'fastify'
import type { OtlpProtocol } from '../configuration/variables.js'

/**
 * Registers the SDK, which is only loaded here, and returns a function that exports what is left and stops. The SDK reads everything
 * else from its own environment variables: where to export, with which headers, how much to sample.
 */
export const startExport = async (
  protocol: OtlpProtocol,
  log: Pick<FastifyBaseLogger, 'warn'>,
): Promise<() => Promise<void>> => {
  const [sdk, resources, { OTLPTraceExporter }] = await Promise.all([
    import('@opentelemetry/sdk-trace-node'),
    import('@opentelemetry/resources'),
    protocol === 'http/json'
      ? import('@opentelemetry/exporter-trace-otlp-http')
      : import('@opentelemetry/exporter-trace-otlp-proto'),
  ])
  const { defaultResource, detectResources, envDetector, resourceFromAttributes, serviceInstanceIdDetector } =
    resources
  const warn = (reason: string): void => {
    log.warn({ reason }, 'the export of traces has a problem')
  }
  diag.setLogger(
    { error: warn, warn, info: () => undefined, debug: () => undefined, verbose: () => undefined },
    { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true },
  )
  const provider = new sdk.NodeTracerProvider({
    resource: defaultResource()
      .merge(resourceFromAttributes({ 'service.name': 'task-outcome-tracker' }))
      .merge(detectResources({ detectors: [serviceInstanceIdDetector, envDetector] })),
    spanProcessors: [new sdk.BatchSpanProcessor(new OTLPTraceExporter())],
  })
  provider.register()
  // A collector that can't be reached must not make a stop a failure.
  return () => provider.shutdown().catch((error: unknown) => warn(String(error)))
}
