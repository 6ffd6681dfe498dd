// Takes the place of the file of this name in gitleaks' cmd/generate/secrets: the same values each time.
package secrets

import "github.com/lucasjones/reggen"

var calls int64

func NewSecret(regex string) string {
	generator, err := reggen.NewGenerator(regex)
	if err != nil {
		panic(err)
	}
	calls++
	generator.SetSeed(calls)
	return generator.Generate(1)
}
