package main

import (
	"os"

	"github.com/argoproj/argo-cd/v3/cmd/argocd/commands/admin"
	"github.com/spf13/cobra"
)

func main() {
	argocd := &cobra.Command{Use: "argocd", SilenceUsage: true}
	adminCommand := &cobra.Command{Use: "admin"}
	adminCommand.AddCommand(admin.NewSettingsCommand())
	argocd.AddCommand(adminCommand)
	if argocd.Execute() != nil {
		os.Exit(1)
	}
}
