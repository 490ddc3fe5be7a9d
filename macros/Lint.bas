Attribute VB_Name = "Lint"
Option Explicit
' Het tabblad Debiteuren in het lint: elke knop roept de gelijknamige knop van Start aan.

Public Sub LintBankImporteren(control As IRibbonControl)
    BankImporteren
End Sub

Public Sub LintBijwerken(control As IRibbonControl)
    Bijwerken
End Sub

Public Sub LintGenereerHerinneringen(control As IRibbonControl)
    GenereerHerinneringen
End Sub

Public Sub LintRegelingVastleggen(control As IRibbonControl)
    RegelingVastleggen
End Sub

Public Sub LintControleerRegelingen(control As IRibbonControl)
    ControleerRegelingen
End Sub

Public Sub LintOngedaanMaken(control As IRibbonControl)
    OngedaanMaken
End Sub
