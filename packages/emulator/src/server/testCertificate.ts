/**
 * A self-signed certificate, and its key. FOR TESTS ONLY: the key is public, it protects nothing.
 *
 * Both are checked in, since Node can't make a certificate by itself. For 127.0.0.1 and localhost, P-256, valid from
 * 2020 to 2120.
 *
 * @internal
 */
export const testKey = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgZQmsS5FuocuCn1sD
QvFuoQlf2HxOBBKe4SmTb21dlD+hRANCAAQ5cteEdEjDoCk3CONi6nuMLHHFNUeV
LroYOoyI1fYizeiRaakhQ4hzIegRUPyUaURxeUfLnt/qctZAs/3kKOle
-----END PRIVATE KEY-----
`

export const testCertificate = `-----BEGIN CERTIFICATE-----
MIIBnzCCAUWgAwIBAgIBATAKBggqhkjOPQQDAjAwMS4wLAYDVQQDDCV0YXNrLW91
dGNvbWUgZW11bGF0b3IsIGZvciB0ZXN0cyBvbmx5MCAXDTIwMDEwMTAwMDAwMFoY
DzIxMjAwMTAxMDAwMDAwWjAwMS4wLAYDVQQDDCV0YXNrLW91dGNvbWUgZW11bGF0
b3IsIGZvciB0ZXN0cyBvbmx5MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEOXLX
hHRIw6ApNwjjYup7jCxxxTVHlS66GDqMiNX2Is3okWmpIUOIcyHoEVD8lGlEcXlH
y57f6nLWQLP95CjpXqNOMEwwGgYDVR0RBBMwEYcEfwAAAYIJbG9jYWxob3N0MA8G
A1UdEwEB/wQFMAMBAf8wHQYDVR0OBBYEFPVDS6A/3KP6vqPZeg84d5c0SOahMAoG
CCqGSM49BAMCA0gAMEUCIGG5a9qgkCw96BxgBDDc83FRsHmjoWgmcJi6pmFqSoVi
AiEAkAixqKRjDK0tnWqFJtsHMDX5jrEwJNDOM5HIw4RugTs=
-----END CERTIFICATE-----
`
