declare module 'qcloudapi-sdk' {
  interface Settings {
    readonly SecretId?: string
    readonly SecretKey?: string
    readonly Token?: string
    readonly host?: string
    readonly protocol?: string
    readonly method?: string
    readonly signatureMethod?: 'sha1' | 'sha256'
  }
  export default class QcloudApi {
    constructor(defaults: Settings)
    request(data: object, options: Settings, callback: (error: unknown, body: unknown) => void): void
    generateQueryString(data: object, options?: Settings): string
  }
}
